//! The cohort: voiceprints of other people, for score normalisation.
//!
//! A telephone makes all voices more alike, and a network knows some kinds of voices better than others.
//! So a voiceprint is compared without what is common to all voices and without what telephones and
//! rooms change in them, and a cosine is worth what the cosines with the nearest voices of a cohort say.

use sha2::{Digest, Sha256};

use super::vectors::{dots, encode, normalize};

/// The first bytes of a cohort's file.
const MAGIC: &[u8; 8] = b"vrcohor1";

/// The least deviation that is believed: a cohort of equal voices would make any score infinite.
const LEAST_DEVIATION: f64 = 0.01;

/// What is known of one network's voiceprints from people who are on nobody's roll.
#[derive(Clone, PartialEq)]
pub(crate) struct Cohort {
    /// The mean voiceprint.
    mean: Vec<f32>,
    /// Directions of length 1, each at right angles to the others, in which channels move a voiceprint.
    directions: Vec<f32>,
    /// The voices, as they are compared, in 8 bits.
    codes: Vec<i8>,
    /// What a voice's codes have to be multiplied by to give a vector of length 1.
    scales: Vec<f32>,
    /// How many of the voices nearest to another one say what its cosines are worth.
    nearest: usize,
}

impl std::fmt::Debug for Cohort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Its numbers are voiceprints.
        f.debug_struct("Cohort").field("voices", &self.len()).finish_non_exhaustive()
    }
}

/// How alike a voice is to the members of a cohort that are nearest to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// The mean of their cosines.
    pub(crate) mean: f64,
    /// The standard deviation of their cosines.
    pub(crate) deviation: f64,
}

/// Room to work in, kept from one voice to the next.
#[derive(Default)]
pub(crate) struct Room {
    codes: Vec<i8>,
    sums: Vec<i32>,
    cosines: Vec<f32>,
}

impl Cohort {
    /// Of voiceprints as a network gives them, one for each person, and directions of length 1 at right
    /// angles to each other.
    pub(crate) fn new(voices: &[Vec<f32>], directions: Vec<f32>, nearest: usize) -> Self {
        let width = voices.first().map_or(0, Vec::len);
        let mut mean = vec![0.0; width];
        for voice in voices {
            mean.iter_mut().zip(voice).for_each(|(sum, x)| *sum += x / voices.len() as f32);
        }
        let mut cohort = Self { mean, directions, codes: Vec::new(), scales: Vec::new(), nearest: nearest.max(1) };
        for voice in voices {
            let compared = cohort.compared(voice);
            let _ = encode(&compared, &mut cohort.codes);
        }
        cohort.measured()
    }

    /// With the scales that the codes ask for, so that a file needs none.
    fn measured(mut self) -> Self {
        let length = |row: &[i8]| row.iter().map(|x| f32::from(*x).powi(2)).sum::<f32>().sqrt().max(1.0);
        self.scales = self.codes.chunks_exact(self.mean.len().max(1)).map(|row| 1.0 / length(row)).collect();
        self
    }

    /// Reads the bytes of a file: [`MAGIC`]; the size of a vector, the number of directions, of voices and
    /// of nearest ones in 16 bits each; the mean and the directions in 32 bits a number; the codes of the
    /// voices. All little end first. None if it is damaged.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let (sizes, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<8>()?;
        let size = |at: usize| usize::from(u16::from_le_bytes([sizes[2 * at], sizes[2 * at + 1]]));
        let (width, directions, voices, nearest) = (size(0), size(1), size(2), size(3));
        let floats = 4 * width * (1 + directions);
        if width == 0 || voices == 0 || nearest == 0 || rest.len() != floats + width * voices {
            return None;
        }
        let (floats, codes) = rest.split_at(floats);
        let mut mean: Vec<f32> = floats.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if mean.iter().any(|x| !x.is_finite()) {
            return None;
        }
        let directions = mean.split_off(width);
        let codes = codes.iter().map(|byte| byte.cast_signed()).collect();
        Some(Self { mean, directions, codes, scales: Vec::new(), nearest }.measured())
    }

    /// The bytes of its file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let width = self.mean.len();
        let mut bytes = MAGIC.to_vec();
        for number in [width, self.directions.len() / width.max(1), self.len(), self.nearest] {
            bytes.extend(u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes());
        }
        bytes.extend(self.mean.iter().chain(&self.directions).flat_map(|x| x.to_le_bytes()));
        bytes.extend(self.codes.iter().map(|code| code.cast_unsigned()));
        bytes
    }

    /// What tells this cohort from any other.
    pub(crate) fn fingerprint(&self) -> String {
        crate::types::hex(&Sha256::digest(self.to_bytes())[..8])
    }

    /// How many voices it has.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// A voiceprint as it is compared: without the mean and the directions, of length 1. One of another size
    /// stays as it is, and matches nothing.
    pub(crate) fn compared(&self, vector: &[f32]) -> Vec<f32> {
        let mut compared = vector.to_vec();
        normalize(&mut compared);
        if vector.len() != self.mean.len() || vector.iter().all(|x| *x == 0.0) {
            return compared;
        }
        compared.iter_mut().zip(&self.mean).for_each(|(x, mean)| *x -= mean);
        for direction in self.directions.chunks_exact(self.mean.len()) {
            let along: f32 = compared.iter().zip(direction).map(|(x, d)| x * d).sum();
            compared.iter_mut().zip(direction).for_each(|(x, d)| *x -= along * d);
        }
        normalize(&mut compared);
        compared
    }

    /// Where a voice stands, given as it is compared; without the voices that are `left_out`.
    pub(crate) fn place(&self, compared: &[f32], left_out: &[usize], room: &mut Room) -> Place {
        if compared.len() != self.mean.len() {
            return Place { mean: 0.0, deviation: 1.0 };
        }
        room.codes.clear();
        let scale = encode(compared, &mut room.codes);
        room.sums.resize(self.len(), 0);
        pulp::Arch::new().dispatch(|| dots(&self.codes, &room.codes, &mut room.sums));
        room.cosines.clear();
        room.cosines.extend(room.sums.iter().zip(&self.scales).map(|(sum, own)| *sum as f32 * own * scale));
        for &voice in left_out {
            if let Some(cosine) = room.cosines.get_mut(voice) {
                *cosine = f32::NEG_INFINITY;
            }
        }
        let count = self.nearest.min(self.len().saturating_sub(left_out.len())).max(1);
        if count < room.cosines.len() {
            room.cosines.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a));
            room.cosines.truncate(count);
        }
        let mean = room.cosines.iter().sum::<f32>() / count as f32;
        let variance = room.cosines.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / count as f32;
        Place { mean: f64::from(mean), deviation: f64::from(variance).sqrt().max(LEAST_DEVIATION) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::cosine;

    fn vector(seed: u64) -> Vec<f32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut vector: Vec<f32> = (0..64)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
            })
            .collect();
        normalize(&mut vector);
        vector
    }

    fn mixed(a: &[f32], b: &[f32], share: f32) -> Vec<f32> {
        let mut mixed: Vec<f32> = a.iter().zip(b).map(|(a, b)| a + share * b).collect();
        normalize(&mut mixed);
        mixed
    }

    #[test]
    fn a_file_is_read_back_and_a_damaged_one_is_not() {
        let voices: Vec<_> = (0..30).map(vector).collect();
        let cohort = Cohort::new(&voices, vector(99), 10);
        let bytes = cohort.to_bytes();
        let read = Cohort::parse(&bytes).unwrap();
        assert!(read == cohort && read.fingerprint() == cohort.fingerprint() && read.len() == 30);
        assert!(Cohort::parse(&bytes[..bytes.len() - 1]).is_none());
        assert!(Cohort::parse(b"vrcohor1").is_none() && Cohort::parse(&[0; 64]).is_none());
        let mut broken = bytes;
        broken[16..20].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(Cohort::parse(&broken).is_none());
    }

    #[test]
    fn what_a_channel_adds_to_two_voices_does_not_make_them_alike() {
        let telephone = vector(1000);
        let cohort = Cohort::new(&(0..200).map(vector).collect::<Vec<_>>(), telephone.clone(), 20);
        let (a, b) = (mixed(&vector(501), &telephone, 1.0), mixed(&vector(502), &telephone, 1.0));
        assert!(cosine(&a, &b) > 0.4);
        assert!(cosine(&cohort.compared(&a), &cohort.compared(&b)).abs() < 0.3);
        assert!(cosine(&cohort.compared(&a), &cohort.compared(&vector(501))) > 0.95);
    }

    #[test]
    fn a_voice_among_like_ones_stands_closer_and_is_not_its_own_neighbour() {
        let mut voices: Vec<_> = (0..40).map(vector).collect();
        let kind = vector(77);
        voices.extend((100..140).map(|n| mixed(&kind, &vector(n), 0.7)));
        let cohort = Cohort::new(&voices, Vec::new(), 20);
        let place =
            |vector: &[f32], left_out: &[usize]| cohort.place(&cohort.compared(vector), left_out, &mut Room::default());
        let (like, unlike) = (place(&mixed(&kind, &vector(300), 0.7), &[]), place(&vector(301), &[]));
        assert!(like.mean > unlike.mean + 0.2, "{like:?} {unlike:?}");
        let (with, without) = (place(&voices[3], &[]), place(&voices[3], &[3]));
        assert!(with.deviation > without.deviation && with.mean > without.mean, "{with:?} {without:?}");
        assert_eq!(cohort.place(&[1.0; 8], &[], &mut Room::default()), Place { mean: 0.0, deviation: 1.0 });
    }
}
