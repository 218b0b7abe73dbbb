using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// Keeps what endpoints answered, by what the answer depends on, so that a stack is asked once.
/// </summary>
/// <param name="folder">Where answers are kept.</param>
/// <param name="sessionFile">
/// What endpoints' commands are made of, beside themselves: another one is asked anew.
/// </param>
public sealed class AnswerCache(string folder, string sessionFile)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true, // what an older form lacks is asked again
    };

    /// <summary>The kept answer for an image or another identity of a stack, or null.</summary>
    /// <typeparam name="T">What is answered.</typeparam>
    /// <param name="definition">The endpoint.</param>
    /// <param name="identity">The image that it stands in, or what else tells a stack from others.</param>
    /// <param name="question">What it was asked; empty for what it offers.</param>
    public T? Find<T>(EndpointDefinition definition, string identity, string question = "") where T : class
    {
        try
        {
            var file = FileOf<T>(definition, identity, question);
            return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file), Json) : null;
        }
        catch (Exception unusable) when (unusable is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;   // It is asked again, and written anew.
        }
    }

    /// <summary>Keeps an answer.</summary>
    public T Keep<T>(EndpointDefinition definition, string identity, T answer, string question = "") where T : class
    {
        Directory.CreateDirectory(folder);
        var file = FileOf<T>(definition, identity, question);
        // Both roles of an endpoint may be asked at the same time, and so may two runs.
        var unfinished = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(answer, Json));
        File.Move(unfinished, file, overwrite: true);
        return answer;
    }

    private string FileOf<T>(EndpointDefinition definition, string identity, string question)
    {
        var yaml = File.ReadAllBytes(Path.Combine(definition.Folder, EndpointFile.FileName));
        // An answer of another form is none.
        var form = string.Join(' ', typeof(T).GetProperties().Select(property => property.Name));
        var asked = Encoding.UTF8.GetBytes($"{identity}\n{form}\n{question}\n");
        var key = SHA256.HashData([.. asked, .. yaml, .. File.ReadAllBytes(sessionFile)]);
        return Path.Combine(folder, $"{definition.Name}-{Convert.ToHexStringLower(key)[..16]}.json");
    }
}
