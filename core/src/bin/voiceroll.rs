//! The `voiceroll` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(voiceroll::cli::main(std::env::args_os()))
}
