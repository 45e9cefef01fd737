//! Speaker networks besides the one inside the library: how they are kept, installed and found.

mod archive;
pub(crate) mod file;
pub(crate) mod onnx;
pub(crate) mod torch;
