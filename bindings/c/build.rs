//! How the library is linked.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Its threads run on when a program gives it up, as PHP does: it stays where it is.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
