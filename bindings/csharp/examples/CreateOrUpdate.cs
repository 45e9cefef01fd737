// SPDX-License-Identifier: Apache-2.0
// Enrolls somebody under an extension id: reads the enrollment, and creates or updates it.
//
//     mono CreateOrUpdate.exe 59586 monday.mp3
//
// With VOICEROLL_SERVER and its credentials in the environment the roll is kept on that server, otherwise in voices.db.
using System;
using System.Threading.Tasks;
using Voiceroll;

internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            Enroll(args[0], args[1]).GetAwaiter().GetResult();
            return 0;
        }
        catch (VoicerollException error)
        {
            Console.Error.WriteLine($"{error.Message} [{error.Code}]");
            return 1;
        }
    }

    private static async Task Enroll(string speakerId, string recording)
    {
        var onServer = Environment.GetEnvironmentVariable("VOICEROLL_SERVER") != null;
        using (var registry = onServer ? Registry.Connect() : Registry.Open("voices.db"))
        {
            var before = await Find(registry, speakerId);
            Console.WriteLine(
                before == null
                    ? $"{speakerId} is new"
                    : FormattableString.Invariant($"{speakerId} is enrolled with {before.SpeechSeconds:0.0} s of speech"));
            var enrollment = before == null
                ? await registry.CreateAsync(speakerId, recording)
                : await registry.UpdateAsync(speakerId, recording);
            Console.WriteLine(enrollment.ToJson());
            if (!enrollment.Complete)
            {
                Console.WriteLine(FormattableString.Invariant($"{enrollment.MissingSeconds:0.0} s of speech are still missing"));
            }
        }
    }

    private static async Task<Enrollment> Find(Registry registry, string speakerId)
    {
        try
        {
            return await registry.GetAsync(speakerId);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}
