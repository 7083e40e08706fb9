//! The `radiomics` command.
#![forbid(unsafe_code)]

mod args;
mod demo;
mod extract;
mod failure;
mod filter;
mod list;
mod table;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match &args.command {
        None => demo::run(),
        Some(Command::Extract(extract)) => extract::run(extract),
        Some(Command::Filter(args)) => filter::run(args),
        Some(Command::Features(list)) => list::features(list),
        Some(Command::Options(list)) => list::options(list),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
