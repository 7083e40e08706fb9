//! Why the command ended without success.

use std::process::ExitCode;

/// Why the command ended without success.
#[derive(Debug)]
pub enum Failure {
    /// This input failed: exit status 1.
    Input(String),
    /// The command was used wrongly: exit status 2.
    Usage(String),
    /// The reader of the output went away, which is no failure of ours.
    ClosedPipe,
}

impl Failure {
    /// A failure of the input.
    pub fn input(problem: impl ToString) -> Self {
        Failure::Input(problem.to_string())
    }

    /// Wrong usage.
    pub fn usage(problem: impl ToString) -> Self {
        Failure::Usage(problem.to_string())
    }

    /// Says why on standard error; the exit status.
    pub fn report(&self) -> ExitCode {
        match self {
            Failure::Input(problem) => {
                eprintln!("radiomics: {problem}");
                ExitCode::from(1)
            }
            Failure::Usage(problem) => {
                eprintln!("radiomics: {problem}\nSee radiomics --help.");
                ExitCode::from(2)
            }
            Failure::ClosedPipe => ExitCode::SUCCESS,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Input(format!("the output cannot be written: {error}")),
        }
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            other => Failure::Input(format!("the output cannot be written: {other:?}")),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        std::io::Error::from(error).into()
    }
}
