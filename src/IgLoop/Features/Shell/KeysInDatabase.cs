using System.Xml.Linq;
using Dapper;
using IgLoop.Records;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace IgLoop.Features.Shell;

/// <summary>Keys of the form tokens, beside the record: web nodes keep no state of their own.</summary>
public sealed class KeysInDatabase(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var opened = database.Open().GetAwaiter().GetResult();
        return [.. opened.Query<string>("select xml from web_key order by id").Select(x => XElement.Parse(x))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var opened = database.Open().GetAwaiter().GetResult();
        opened.Execute("insert into web_key (id, xml) values (@friendlyName, @xml) on conflict (id) do nothing", new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
