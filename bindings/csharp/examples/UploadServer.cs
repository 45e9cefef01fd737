// SPDX-License-Identifier: Apache-2.0
// Enrolls uploaded recordings.
//
//     mono UploadServer.exe http://localhost:8000/
//     curl --data-binary @monday.mp3 http://localhost:8000/voices/ada
using System;
using System.IO;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Voiceroll;

internal static class Program
{
    private static void Main(string[] args)
    {
        using (var registry = Registry.Open("voices.db", new OpenOptions { MaxSeconds = 600 }))
        using (var listener = new HttpListener())
        {
            listener.Prefixes.Add(args[0]);
            listener.Start();
            Console.WriteLine("listening");
            while (true)
            {
                var context = listener.GetContext();
                Task.Run(() => Answer(registry, context));
            }
        }
    }

    private static async Task Answer(Registry registry, HttpListenerContext context)
    {
        var speakerId = Path.GetFileName(context.Request.Url.AbsolutePath);
        try
        {
            var recording = await Recording.FromStreamAsync(context.Request.InputStream);
            var options = new EnrollOptions { Timeout = TimeSpan.FromSeconds(60) };
            var enrollment = await registry.EnrollAsync(speakerId, recording, options);
            Reply(context.Response, 200, enrollment.ToJson());
        }
        catch (VoicerollException error)
        {
            var problems = string.Join(",", Array.ConvertAll(Codes(error), code => $"\"{code}\""));
            Reply(context.Response, Status(error), $"{{\"code\":\"{error.Code}\",\"problems\":[{problems}]}}");
        }
        catch (Exception error)
        {
            Console.Error.WriteLine(error.GetType().Name);
            Reply(context.Response, 500, "{}");
        }
    }

    private static string[] Codes(VoicerollException error)
    {
        var codes = new string[error.Problems.Count];
        for (var number = 0; number < codes.Length; number++)
        {
            codes[number] = error.Problems[number].Code;
        }
        return codes;
    }

    private static int Status(VoicerollException error)
    {
        if (error is InvalidInputException || error is UnreadableException)
        {
            return 400;
        }
        return error is RefusedException ? 422 : error is LimitException ? 413 : error.Retryable ? 503 : 500;
    }

    private static void Reply(HttpListenerResponse response, int status, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Close(bytes, true);
    }
}
