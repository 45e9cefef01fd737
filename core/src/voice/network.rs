//! Networks that users bring, run by `rten`.

use std::sync::Arc;

use rten::{Dimension, Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{Layout as _, NdTensor, NdTensorView};

use crate::runtime::PerProcess;
use crate::runtime::workers;

/// The threads that share the work of all networks in this process.
static POOL: PerProcess<Arc<ThreadPool>> = PerProcess::new();

/// A speaker network: features of one stretch of speech to one vector.
pub(crate) struct Network {
    model: Model,
    input: NodeId,
    /// Where the network wants to be told the number of frames besides.
    length: Option<NodeId>,
    output: NodeId,
    layout: Layout,
    bands: usize,
}

/// How a network wants its features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// 1 x frames x bands.
    FramesFirst,
    /// 1 x bands x frames.
    BandsFirst,
}

impl Network {
    /// Its first input takes the features, a second one the number of frames; of
    /// several outputs the one called like an embedding is taken, or else the last.
    pub(crate) fn new(model: Model, layout: Layout, bands: usize) -> Result<Self, String> {
        let (input, length) = match model.input_ids() {
            [input] => (*input, None),
            [input, length] => (*input, Some(*length)),
            others => return Err(format!("it has {} inputs; it must have one, for the features", others.len())),
        };
        let shape = model.node_info(input).and_then(|info| info.shape()).unwrap_or_default();
        if !shape.is_empty() && shape.len() != 3 {
            return Err(format!("its input has {} dimensions; it must be 1 x frames x bands", shape.len()));
        }
        let across = if layout == Layout::FramesFirst { 2 } else { 1 };
        if let Some(Dimension::Fixed(found)) = shape.get(across)
            && *found != bands
        {
            return Err(format!("its input has {found} bands, but its front end produces {bands}"));
        }
        if let Some(Dimension::Fixed(frames)) = shape.get(3 - across) {
            return Err(format!("its input is fixed to {frames} frames; export it with a free number of frames"));
        }
        let named = |id: &NodeId| {
            let name = model.node_info(*id).and_then(|info| info.name().map(str::to_lowercase));
            name.is_some_and(|name| name.contains("emb"))
        };
        let outputs = model.output_ids();
        let output = outputs.iter().find(|id| named(id)).or(outputs.last()).copied();
        let Some(output) = output else { return Err("it has no output".to_owned()) };
        Ok(Self { model, input, length, output, layout, bands })
    }

    /// `features`: frame after frame.
    pub(crate) fn run(&self, features: &[f32]) -> Result<Vec<f32>, String> {
        let frames = features.len() / self.bands;
        let turned;
        let input: ValueOrView<'_> = match self.layout {
            Layout::FramesFirst => NdTensorView::from_data([1, frames, self.bands], features).into(),
            Layout::BandsFirst => {
                turned = NdTensorView::from_data([1, frames, self.bands], features).permuted([0, 2, 1]).to_tensor();
                turned.view().into()
            }
        };
        let mut inputs = vec![(self.input, input)];
        if let Some(length) = self.length {
            inputs.push((length, Value::from(NdTensor::from_data([1], vec![frames as i32])).into()));
        }
        let pool = POOL.get(|_| Arc::new(ThreadPool::with_num_threads(workers::cores())));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let [output] = self.model.run_n(inputs, [self.output], Some(options)).map_err(|fault| fault.to_string())?;
        let output: NdTensor<f32, 2> = output.try_into().map_err(|_| "its output has the wrong shape".to_owned())?;
        if output.shape()[0] != 1 {
            return Err("its output has the wrong shape".to_owned());
        }
        Ok(output.to_vec())
    }
}

/// How networks are loaded: weights are laid out for the processor once.
pub(crate) fn options() -> ModelOptions {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    options
}
