// SPDX-License-Identifier: Apache-2.0
using System.Linq;
using System.Text.RegularExpressions;

namespace Voiceroll
{
    /// <summary>Names of arguments, which C# spells otherwise than the library: as parameters, or as properties of options.</summary>
    internal static class Names
    {
        private static readonly Regex Parameters = new Regex("(?<=`)(content_uri|forget_old|speaker_id|text_sha256)(?=`)");

        private static readonly Regex Options = new Regex(
            "(?<=`)(attempts_per_hour|client_id|client_secret|decisions_only|false_accept_rate|jwt|key_command|key_file"
            + "|key_folder|key_variable|max_bytes|max_recording|max_seconds|page|patience|per_channel|per_page|plain_http|read_only|request_timeout"
            + "|require_consent|speaker_ids|speakers|timeout)(?=`)");

        /// <summary>A sentence of the library in the names of C#.</summary>
        internal static string In(string sentence)
        {
            var plain = Parameters.Replace(sentence, found => Parameter(found.Value));
            return Options.Replace(plain, found => Option(found.Value));
        }

        /// <summary>A property of options.</summary>
        internal static string Option(string name) =>
            string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

        private static string Parameter(string name) => char.ToLowerInvariant(name[0]) + Option(name).Substring(1);
    }
}
