// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Linq;

namespace Voiceroll
{
    /// <content>A record that a caller makes.</content>
    public sealed partial class ConsentRecord
    {
        /// <summary>A record of a consent.</summary>
        /// <param name="reference">Who consented, as your own records have it: no name is needed.</param>
        /// <param name="givenAt">When, in seconds since 1970.</param>
        /// <param name="textVersion">Which version of the text the person has seen.</param>
        /// <param name="textSha256">The SHA-256 digest of that text, in 64 hexadecimal digits.</param>
        /// <param name="purposes">
        /// <c>verification</c>, <c>identification</c>, <c>diarization</c>, or others in words. Default: all that the text
        /// says.
        /// </param>
        /// <param name="validUntil">Until when it is valid. Default: until it is withdrawn.</param>
        /// <param name="collectedBy">Who collected it.</param>
        public ConsentRecord(
            string reference,
            long givenAt,
            string textVersion,
            string textSha256,
            IEnumerable<string> purposes = null,
            long? validUntil = null,
            string collectedBy = null)
        {
            Reference = Arguments.NotNull(reference, nameof(reference));
            GivenAt = givenAt;
            TextVersion = Arguments.NotNull(textVersion, nameof(textVersion));
            TextSha256 = Arguments.NotNull(textSha256, nameof(textSha256));
            Purposes = Arguments.NoNulls(purposes ?? Enumerable.Empty<string>(), nameof(purposes)).AsReadOnly();
            ValidUntil = validUntil;
            CollectedBy = collectedBy;
        }

        internal Dictionary<string, object> Args =>
            Arguments.Given(new Dictionary<string, object>
            {
                ["reference"] = Reference,
                ["given_at"] = GivenAt,
                ["text_version"] = TextVersion,
                ["text_sha256"] = TextSha256,
                ["purposes"] = Purposes,
                ["valid_until"] = ValidUntil,
                ["collected_by"] = CollectedBy,
            });
    }
}
