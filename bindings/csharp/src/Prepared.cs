// SPDX-License-Identifier: Apache-2.0
namespace Voiceroll
{
    /// <content>The audio, which is not part of the JSON.</content>
    public sealed partial class Prepared
    {
        private readonly byte[] wav;

        /// <summary>The sound, as 16 kHz mono WAV of 16 bits.</summary>
        /// <returns>A copy of the file's bytes.</returns>
        public byte[] GetWav() => (byte[])wav.Clone();
    }
}
