//! MPEG audio of a free bit rate: the header does not say how long a frame is, and Symphonia decodes it
//! only in frames of the usual bit rates.

use crate::audio::sniff::MpegHeader;

/// The longest frame that is looked for.
const LONGEST: usize = 6000;

/// Frames that are looked at, and that must be alike where the sound is shorter.
const ALIKE: usize = 10;
const LEAST_ALIKE: usize = 3;

/// Main data of earlier frames that a frame may go back to.
const RESERVOIR: usize = 511;

/// Turns the frames of one stream into such of the highest usual bit rate.
pub(crate) struct FreeFormat {
    /// Without padding.
    len: usize,
    main: Vec<u8>,
}

impl FreeFormat {
    /// From the length and the bytes of one frame.
    pub(super) fn new(len: usize, frame: &[u8]) -> Self {
        let padding = MpegHeader::read(frame).map_or(0, |header| header.padding());
        Self { len: len - padding, main: Vec::new() }
    }

    pub(super) fn len(&self, header: &MpegHeader) -> usize {
        self.len + header.padding()
    }

    /// The length of the frame that starts `bytes`: up to its like, which others of the like follow at the same
    /// distance. A header is 11 bits of luck, and here no length is told that could be compared with the next one.
    pub(crate) fn measure(bytes: &[u8]) -> Option<usize> {
        let first = MpegHeader::read(bytes).filter(MpegHeader::free)?;
        let like = |at: usize| {
            MpegHeader::read(bytes.get(at..)?).filter(|other| other.free() && other.stream() == first.stream())
        };
        memchr::memchr_iter(0xff, bytes.get(24..LONGEST.min(bytes.len()))?).map(|at| at + 24).find(|&len| {
            let (mut at, mut count) = (len, 0);
            while at + 4 <= bytes.len() && count < ALIKE {
                let Some(next) = like(at) else { return false };
                at += len - first.padding() + next.padding();
                count += 1;
            }
            count >= LEAST_ALIKE
        })
    }

    /// The same frame in a usual bit rate; none if it holds more than that has room for.
    pub(super) fn usual(&mut self, frame: &[u8]) -> Option<Vec<u8>> {
        let header = MpegHeader::read(frame)?;
        let start = 4 + if frame[1] & 1 == 0 { 2 } else { 0 };
        let head = [frame[0], frame[1] | 1, frame[2] & 0x0d | 0xe0, frame[3]];
        // Layer II reads its tables by the bit rate, which a free one does not have.
        if header.layer != 3 {
            return None;
        }
        let side = frame.get(start..start + header.side_info())?;
        let back_bits = if header.mpeg1 { 9 } else { 8 };
        let back = usize::from(u16::from_be_bytes([side[0], side[1]]) >> (16 - back_bits));
        let before = self.main.len().checked_sub(back);
        self.main.extend_from_slice(frame.get(start + side.len()..)?);
        let from = before.unwrap_or(0);
        let bits = granules(&header, side)?;
        let needed = bits.div_ceil(8);
        let main = self.main.get(from..from + needed).filter(|_| before.is_some()).map(<[u8]>::to_vec);
        let surplus = self.main.len().saturating_sub(RESERVOIR);
        self.main.drain(..surplus);
        let main = main?;

        let size = MpegHeader::read(&head)?.len()?;
        let mut side = side.to_vec();
        // It goes back to nothing.
        if header.mpeg1 {
            side[0] = 0;
            side[1] &= 0x7f;
        } else {
            side[0] = 0;
        }
        let mut usual = [&head[..], &side, &main].concat();
        (usual.len() <= size).then(|| {
            usual.resize(size, 0);
            usual
        })
    }
}

/// Bits of main data that the side information of a frame accounts for (ISO/IEC 11172-3, 2.4.1.7, and 13818-3).
fn granules(header: &MpegHeader, side: &[u8]) -> Option<usize> {
    let channels = if header.mono() { 1 } else { 2 };
    let (granules, mut at, each) = match (header.mpeg1, channels) {
        (true, 1) => (2, 9 + 5 + 4, 59),
        (true, _) => (2, 9 + 3 + 8, 59),
        (false, 1) => (1, 8 + 1, 63),
        (false, _) => (1, 8 + 2, 63),
    };
    let mut bits = 0;
    for _ in 0..granules * channels {
        let mut length = 0usize;
        for bit in at..at + 12 {
            length = length << 1 | usize::from(side.get(bit / 8)? >> (7 - bit % 8) & 1);
        }
        bits += length;
        at += each;
    }
    Some(bits)
}
