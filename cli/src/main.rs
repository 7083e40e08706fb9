//! The `radiomics` command.
#![forbid(unsafe_code)]

mod args;
mod batch;
mod budget;
mod cohort;
mod config;
mod demo;
mod digest;
mod extract;
mod failure;
mod filter;
mod info;
mod list;
mod load;
mod output;
mod picture;
mod record;
mod replay;
mod run;
mod size;
mod study;
mod table;
mod words;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match &args.command {
        None => demo::run(),
        Some(Command::Extract(extract)) => extract::run(extract),
        Some(Command::Batch(batch)) => batch::run(batch),
        Some(Command::Info(info)) => info::run(info),
        Some(Command::Config(config)) => config::run(config),
        Some(Command::Replay(replay)) => replay::run(replay),
        Some(Command::Filter(args)) => filter::run(args),
        Some(Command::Features(list)) => list::features(list),
        Some(Command::Options(list)) => list::options(list),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
