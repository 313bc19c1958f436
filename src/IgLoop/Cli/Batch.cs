using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IgLoop.Cli;

/// <summary>
/// The <c>--ndjson</c> contract: one JSON request a line on standard input, one JSON result a line on standard output, in order,
/// with the request's id. A bad line gives an error object and the rest goes on.
/// </summary>
public static class Batch
{
    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Answers every line; returns 2 when no line could be answered, 0 otherwise.</summary>
    /// <param name="answer">Gives the result without its id; throws <see cref="BatchException"/> for a request that is wrong.</param>
    public static int Run(TextReader input, TextWriter output, Func<JsonObject, JsonObject> answer)
    {
        var number = 0;
        var answered = 0;
        var any = false;
        while (input.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            any = true;
            var (result, good) = Answer(line.TrimStart('\uFEFF'), number, answer);
            answered += good ? 1 : 0;
            output.WriteLine(result.ToJsonString(Json));
        }

        output.Flush();
        return any && answered == 0 ? 2 : 0;
    }

    private static (JsonObject Result, bool Good) Answer(string line, int number, Func<JsonObject, JsonObject> answer)
    {
        JsonNode? id = null;
        try
        {
            var request = Parse(line, number);
            id = request["id"]?.DeepClone();
            var body = answer(request);
            var result = new JsonObject { ["id"] = id };
            foreach (var (key, value) in body.ToList())
            {
                body.Remove(key);
                result[key] = value;
            }

            return (result, true);
        }
        catch (BatchException e)
        {
            return (new JsonObject { ["id"] = id?.DeepClone(), ["error"] = e.ToJson(number) }, false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A fault of the program in one line must not take the other patients' lines with it.
            var fault = new BatchException("internal", $"This line met a fault in the program ({e.GetType().Name}) and has no answer; please report it with the line.", "");
            return (new JsonObject { ["id"] = id?.DeepClone(), ["error"] = fault.ToJson(number) }, false);
        }
    }

    private static JsonObject Parse(string line, int number)
    {
        try
        {
            var request = JsonNode.Parse(line) as JsonObject
                ?? throw new BatchException("not-an-object", "A request must be one JSON object on one line.", $"line {number}");
            Read(request);
            return request;
        }
        catch (JsonException e)
        {
            throw new BatchException("not-json", "This line is not valid JSON; write one JSON object a line.", $"line {number}, byte {(e.BytePositionInLine ?? 0) + 1}");
        }
        catch (ArgumentException)
        {
            throw new BatchException("duplicate-key", "A key is given twice; keep one.", $"line {number}");
        }
        catch (InvalidOperationException)
        {
            throw new BatchException("not-text", "A text holds half a character (a lone surrogate such as \\ud800); write it whole.", $"line {number}");
        }
    }

    /// <summary>Looks at every key and text: JsonNode finds a key given twice and half a character only when they are first read.</summary>
    private static void Read(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (_, value) in o)
                {
                    Read(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Read(item);
                }

                break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String:
                _ = v.GetValue<string>();
                break;
        }
    }

    /// <summary>Standard input and output as UTF-8 without byte order mark, whatever the terminal says.</summary>
    public static int RunOnConsole(Func<JsonObject, JsonObject> answer)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var input = new StreamReader(Console.OpenStandardInput(), utf8);
        using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 16);
        return Run(input, output, answer);
    }
}

/// <summary>A request that cannot be answered: one sentence that says what, where and how to mend it.</summary>
public sealed class BatchException(string code, string message, string where, string? construct = null) : Exception(message)
{
    public string Code { get; } = code;

    public string Where { get; } = where;

    /// <summary>Runs work of the core; what it refuses becomes a refusal of the request.</summary>
    public static T From<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Core.Dosing.DosingException e)
        {
            throw new BatchException(e.Code, e.Message, e.Where);
        }
    }

    public JsonObject ToJson(int line)
    {
        var error = new JsonObject { ["code"] = Code, ["message"] = Message, ["where"] = Where.Length > 0 ? Where : $"line {line}" };
        if (construct is not null)
        {
            error["construct"] = construct;
        }

        return error;
    }
}

/// <summary>The same answers for a single request: a refusal becomes one sentence on standard error.</summary>
internal static class CliAnswer
{
    public static T Of<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (BatchException e)
        {
            // The place stands in most sentences already.
            throw new CliException($"{e.Message}{(e.Where.Length > 0 && !e.Message.Contains(e.Where, StringComparison.Ordinal) ? $" ({e.Where})" : "")}");
        }
    }
}
