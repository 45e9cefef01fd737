//! The network itself, run by `rten`.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use super::fbank::BANDS;
use crate::jobs;
use crate::process::PerProcess;

/// The threads that share the work of all networks in this process.
static POOL: PerProcess<Arc<ThreadPool>> = PerProcess::new();

/// A speaker network: `mel`, 1 x frames x 64, to `embedding`, 1 x 192.
pub(crate) struct Network {
    model: Model,
    input: NodeId,
    output: NodeId,
}

impl Network {
    pub(crate) fn load(bytes: &'static [u8]) -> Result<Self, String> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load_static_slice(bytes).map_err(|fault| fault.to_string())?;
        let input = model.node_id("mel").map_err(|fault| fault.to_string())?;
        let output = model.node_id("embedding").map_err(|fault| fault.to_string())?;
        Ok(Self { model, input, output })
    }

    pub(crate) fn run(&self, features: &[f32]) -> Result<Vec<f32>, String> {
        let frames = features.len() / BANDS;
        let input = NdTensorView::from_data([1, frames, BANDS], features);
        let pool = POOL.get(|_| Arc::new(ThreadPool::with_num_threads(jobs::cores())));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let [output] = self
            .model
            .run_n(vec![(self.input, input.into())], [self.output], Some(options))
            .map_err(|fault| fault.to_string())?;
        let output: NdTensor<f32, 2> = output.try_into().map_err(|_| "its output has another shape".to_owned())?;
        Ok(output.to_vec())
    }
}
