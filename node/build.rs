//! Tells the linker that Node brings the functions of its interface itself.

fn main() {
    napi_build::setup();
}
