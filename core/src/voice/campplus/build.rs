//! A network from its weights: from a model file, or from the tensors of a published one.

use super::super::kernels::{Kernel, Packed, Shape};
use super::super::layers::{Affine, FINE, Gate, Product};
use super::{BLOCKS, Campplus, EMBEDDING, GROWTH, INNER, LAST, Layer, MASK_SIZES, RESIDUALS, STEM, Shapes, Transit};

/// What PyTorch adds to a variance.
const EPSILON: f32 = 1e-5;

/// Where weights come from, in the order in which they are asked for.
pub(crate) trait Source {
    fn packed(&mut self, shape: Shape, of: &dyn Fn(&Tensors) -> Result<Packed, String>) -> Result<Packed, String>;
    fn values(&mut self, len: usize, of: &dyn Fn(&Tensors) -> Result<Vec<f32>, String>) -> Result<Vec<f32>, String>;
}

/// Tensors of the published network by their names there: shape and values.
pub(crate) type Tensors<'a> = dyn Fn(&str) -> Option<(Vec<usize>, Vec<f32>)> + 'a;

/// Published tensors, and the bytes of the file that they become.
pub(crate) struct Published<'a> {
    tensors: &'a Tensors<'a>,
    pub(crate) payload: Vec<u8>,
}

impl<'a> Published<'a> {
    pub(crate) fn new(tensors: &'a Tensors<'a>) -> Self {
        Self { tensors, payload: Vec::new() }
    }
}

impl Source for Published<'_> {
    fn packed(&mut self, shape: Shape, of: &dyn Fn(&Tensors) -> Result<Packed, String>) -> Result<Packed, String> {
        let packed = of(self.tensors)?;
        if !packed.fits(shape)
            || packed.low.is_empty() != shape.narrow
            || packed.scales.iter().any(|scale| !scale.is_finite())
        {
            return Err("weights have another size or are not finite".to_owned());
        }
        self.payload.extend(packed.scales.iter().flat_map(|value| value.to_le_bytes()));
        self.payload.extend(&packed.high);
        self.payload.extend(&packed.low);
        Ok(packed)
    }

    fn values(&mut self, len: usize, of: &dyn Fn(&Tensors) -> Result<Vec<f32>, String>) -> Result<Vec<f32>, String> {
        let values = of(self.tensors)?;
        if values.len() != len || values.iter().any(|value| !value.is_finite()) {
            return Err("values have another size or are not finite".to_owned());
        }
        self.payload.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        Ok(values)
    }
}

/// What is left of the payload of a model file.
pub(crate) struct Payload<'a>(pub(crate) &'a [u8]);

impl Payload<'_> {
    fn take(&mut self, bytes: usize) -> Result<&[u8], String> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or("its end is missing")?;
        self.0 = rest;
        Ok(taken)
    }
}

impl Source for Payload<'_> {
    fn packed(&mut self, shape: Shape, _: &dyn Fn(&Tensors) -> Result<Packed, String>) -> Result<Packed, String> {
        let scales = floats(self.take(4 * shape.columns)?);
        let high = self.take(shape.len())?.to_vec();
        let low = if shape.narrow { Vec::new() } else { self.take(shape.len())?.to_vec() };
        Ok(Packed { scales, high, low })
    }

    fn values(&mut self, len: usize, _: &dyn Fn(&Tensors) -> Result<Vec<f32>, String>) -> Result<Vec<f32>, String> {
        Ok(floats(self.take(4 * len)?))
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

/// A tensor of this many values.
fn values(tensors: &Tensors, name: &str, len: usize) -> Result<Vec<f32>, String> {
    let (_, values) = tensors(name).ok_or_else(|| format!("it lacks `{name}`"))?;
    if values.len() == len {
        Ok(values)
    } else {
        Err(format!("its `{name}` has {} values; {len} are needed", values.len()))
    }
}

/// A batch normalisation as a factor and a term for each of some channels.
fn normalization(tensors: &Tensors, name: &str, channels: usize) -> Result<Affine, String> {
    let of = |part: &str| values(tensors, &format!("{name}.{part}"), channels);
    let (mean, variance) = (of("running_mean")?, of("running_var")?);
    // The last one of the network has neither.
    let weight = of("weight").unwrap_or_else(|_| vec![1.0; channels]);
    let bias = of("bias").unwrap_or_else(|_| vec![0.0; channels]);
    let scale: Vec<f32> =
        weight.iter().zip(&variance).map(|(weight, variance)| weight / (variance + EPSILON).sqrt()).collect();
    let shift = bias.iter().zip(&mean).zip(&scale).map(|((bias, mean), scale)| bias - mean * scale).collect();
    Ok(Affine { scale, shift })
}

/// The weights of a convolution, outputs x inputs x taps, times the factor of the normalisation that follows it.
struct Folded {
    weights: Vec<f32>,
    inputs: usize,
    taps: usize,
    shift: Vec<f32>,
}

impl Folded {
    fn new(tensors: &Tensors, name: &str, norm: &str, [outputs, inputs, taps]: [usize; 3]) -> Result<Self, String> {
        let mut weights = values(tensors, &format!("{name}.weight"), outputs * inputs * taps)?;
        let Affine { scale, shift } = normalization(tensors, norm, outputs)?;
        for (weights, scale) in weights.chunks_exact_mut(inputs * taps).zip(&scale) {
            weights.iter_mut().for_each(|weight| *weight *= scale);
        }
        Ok(Self { weights, inputs, taps, shift })
    }

    fn at(&self, tap: usize, input: usize, output: usize) -> f32 {
        self.weights[(output * self.inputs + input) * self.taps + tap]
    }
}

/// A convolution that is nobody's: the product of `shape` with weights that `of` gives, without its bias.
fn plain(tensors: &Tensors, name: &str, shape: Shape, [outputs, inputs, taps]: [usize; 3]) -> Result<Packed, String> {
    let weights = values(tensors, &format!("{name}.weight"), outputs * inputs * taps)?;
    Ok(Packed::new(
        shape,
        |tap, input, output| {
            if input < inputs { weights[(output * inputs + input) * taps + tap] } else { 0.0 }
        },
    ))
}

struct Builder<'a> {
    kernel: Kernel,
    source: &'a mut dyn Source,
}

/// The network with the weights of a source.
pub(crate) fn build(kernel: Kernel, source: &mut dyn Source) -> Result<Campplus, String> {
    let mut builder = Builder { kernel, source };
    let first = builder.first()?;
    let mut residuals = Vec::new();
    for (number, halves) in RESIDUALS.into_iter().enumerate() {
        let name = format!("head.layer{}.{}", number / 2 + 1, number % 2);
        residuals.push(builder.residual(&name, halves)?);
    }
    let plane = [STEM, STEM, 9];
    let last_plane =
        builder.folded(Shapes::PLANE, "head.conv2", "head.bn2", plane, |weights, tap, input, output| {
            weights.at(tap, input, output)
        })?;
    // Inputs are channel after channel, ten planes each; taps here are five rows of ten planes.
    let into_time = builder.folded(
        Shapes::INTO_TIME,
        "xvector.tdnn.linear",
        "xvector.tdnn.nonlinear.batchnorm",
        [128, 320, 5],
        |weights, tap, input, output| weights.at(tap / 10, input * 10 + tap % 10, output),
    )?;
    let mut blocks = Vec::new();
    for (number, (layers, _, mut channels)) in BLOCKS.into_iter().enumerate() {
        let mut built = Vec::new();
        for layer in 1..=layers {
            built.push(builder.layer(number, &format!("xvector.block{}.tdnnd{layer}", number + 1), channels)?);
            channels += GROWTH;
        }
        blocks.push((built, builder.transit(&format!("xvector.transit{}", number + 1), channels)?));
    }
    let after = builder.affine("xvector.out_nonlinear.batchnorm", Campplus::AFTER)?;
    let (dense, norm) = ("xvector.dense.linear", "xvector.dense.nonlinear.batchnorm");
    let sizes = [EMBEDDING, 2 * LAST, 1];
    let out = builder.source.values(Campplus::OUT, &|tensors| Ok(Folded::new(tensors, dense, norm, sizes)?.weights))?;
    let out_bias = builder.source.values(EMBEDDING, &|tensors| Ok(Folded::new(tensors, dense, norm, sizes)?.shift))?;
    Ok(Campplus { kernel, first, residuals, last_plane, into_time, blocks, after, out, out_bias })
}

impl Builder<'_> {
    /// A product with the normalisation after it folded in; `weight` finds the weight of a tap, an input, an output.
    fn folded(
        &mut self,
        shape: Shape,
        name: &str,
        norm: &str,
        sizes: [usize; 3],
        weight: impl Fn(&Folded, usize, usize, usize) -> f32,
    ) -> Result<Product, String> {
        let (packed, bias) = self.weights(shape, name, norm, sizes, weight)?;
        Ok(Product::new(self.kernel, shape, &packed, bias))
    }

    /// The weights of a product with the normalisation after it folded in, and its bias.
    fn weights(
        &mut self,
        shape: Shape,
        name: &str,
        norm: &str,
        sizes: [usize; 3],
        weight: impl Fn(&Folded, usize, usize, usize) -> f32,
    ) -> Result<(Packed, Vec<f32>), String> {
        let packed = self.source.packed(shape, &|tensors| {
            let folded = Folded::new(tensors, name, norm, sizes)?;
            Ok(Packed::new(shape, |tap, input, output| weight(&folded, tap, input, output)))
        })?;
        let bias = self.source.values(shape.columns, &|tensors| Ok(Folded::new(tensors, name, norm, sizes)?.shift))?;
        Ok((packed, bias))
    }

    fn first(&mut self) -> Result<Product, String> {
        let shape = Shapes::FIRST;
        let (packed, bias) =
            self.weights(shape, "head.conv1", "head.bn1", [STEM, 1, 9], |weights, _, input, output| {
                let weight = |at| weights.at(at, 0, output);
                match input {
                    0..9 => weight(input),
                    9..18 => FINE * weight(input - 9),
                    _ => 0.0,
                }
            })?;
        Ok(Product::signed(self.kernel, shape, &packed, bias))
    }

    fn residual(&mut self, name: &str, halves: bool) -> Result<(Product, Product), String> {
        let sizes = [STEM, STEM, 9];
        let inner = self.folded(
            Shapes::PLANE,
            &format!("{name}.conv1"),
            &format!("{name}.bn1"),
            sizes,
            |weights, tap, input, output| weights.at(tap, input, output),
        )?;
        let (conv, norm) = (format!("{name}.conv2"), format!("{name}.bn2"));
        let (short, short_norm) = (format!("{name}.shortcut.0"), format!("{name}.shortcut.1"));
        let around =
            |tensors: &Tensors| halves.then(|| Folded::new(tensors, &short, &short_norm, [STEM, STEM, 1])).transpose();
        let shape = Shapes::AROUND;
        let packed = self.source.packed(shape, &|tensors| {
            let (second, around) = (Folded::new(tensors, &conv, &norm, sizes)?, around(tensors)?);
            Ok(Packed::new(shape, |tap, input, output| match &around {
                _ if tap < 9 => second.at(tap, input, output),
                Some(around) => around.at(0, input, output),
                // Where nothing changes on the way around, it is added as it is.
                None => f32::from(u8::from(input == output)),
            }))
        })?;
        let bias = self.source.values(shape.columns, &|tensors| {
            let mut bias = Folded::new(tensors, &conv, &norm, sizes)?.shift;
            if let Some(around) = around(tensors)? {
                bias.iter_mut().zip(&around.shift).for_each(|(bias, shift)| *bias += shift);
            }
            Ok(bias)
        })?;
        Ok((inner, Product::new(self.kernel, shape, &packed, bias)))
    }

    fn affine(&mut self, name: &str, channels: usize) -> Result<Affine, String> {
        let scale = self.source.values(channels, &|tensors| Ok(normalization(tensors, name, channels)?.scale))?;
        let shift = self.source.values(channels, &|tensors| Ok(normalization(tensors, name, channels)?.shift))?;
        Ok(Affine { scale, shift })
    }

    fn layer(&mut self, block: usize, name: &str, channels: usize) -> Result<Layer, String> {
        let before = self.affine(&format!("{name}.nonlinear1.batchnorm"), channels)?;
        let inner = self.folded(
            Shapes::inner(block, channels),
            &format!("{name}.linear1"),
            &format!("{name}.nonlinear2.batchnorm"),
            [INNER, channels, 1],
            |weights, _, input, output| weights.at(0, input, output),
        )?;
        let local = format!("{name}.cam_layer.linear_local");
        let packed =
            self.source.packed(Shapes::LOCAL, &|tensors| plain(tensors, &local, Shapes::LOCAL, [GROWTH, INNER, 3]))?;
        let local = Product::new(self.kernel, Shapes::LOCAL, &packed, vec![0.0; GROWTH]);
        let mut of = |part: &str, len: usize| {
            let name = format!("{name}.cam_layer.{part}");
            self.source.values(len, &|tensors| values(tensors, &name, len))
        };
        let [squeeze, squeeze_bias, excite, excite_bias] = MASK_SIZES;
        let mask = Gate {
            squeeze: of("linear1.weight", squeeze)?,
            squeeze_bias: of("linear1.bias", squeeze_bias)?,
            excite: of("linear2.weight", excite)?,
            excite_bias: of("linear2.bias", excite_bias)?,
        };
        Ok(Layer { before, inner, local, mask })
    }

    fn transit(&mut self, name: &str, channels: usize) -> Result<Transit, String> {
        let before = self.affine(&format!("{name}.nonlinear.batchnorm"), channels)?;
        let shape = Shapes::transit(channels);
        let linear = format!("{name}.linear");
        let packed =
            self.source.packed(shape, &|tensors| plain(tensors, &linear, shape, [channels / 2, channels, 1]))?;
        Ok(Transit { before, product: Product::new(self.kernel, shape, &packed, vec![0.0; shape.columns]) })
    }
}
