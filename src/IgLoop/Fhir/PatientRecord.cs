using System.Globalization;
using System.Text.Json;
using IgLoop.Core.Facts;

namespace IgLoop.Fhir;

/// <summary>One patient's resources as a chart.</summary>
internal sealed class PatientRecord(FactCodes codes, IReadOnlyList<FhirEntry> resources)
{
    private static readonly string[] UsableObservations = ["final", "amended", "corrected", "preliminary"];
    private static readonly string[] Active = ["active", "recurrence", "relapse"];
    private static readonly string[] NotMeant = ["entered-in-error", "refuted"];

    private readonly List<ChartEntry> entries = [];
    private readonly List<Diagnosis> diagnoses = [];
    private readonly Dictionary<(string Type, string What, string Why), (string First, int Count)> unused = [];
    private readonly List<(FactDefinition Fact, DateOnly? Day, string Why, string Where)> impossible = [];

    public (Chart? Chart, InputProblem? Problem) Read(FhirEntry patient, DateOnly at)
    {
        var born = patient.Resource.Day("birthDate");
        if (born > at)
        {
            return (null, new("birth-date-in-the-future", $"The birth date {born:yyyy-MM-dd} is after the day of the decision ({at:yyyy-MM-dd}).", "Patient.birthDate"));
        }

        var died = Person(patient, born);
        foreach (var entry in resources.Where(r => r != patient))
        {
            switch (entry.Type)
            {
                case "Observation":
                    Observation(entry);
                    break;
                case "Condition":
                    Condition(entry);
                    break;
                case "MedicationRequest" or "MedicationStatement":
                    Medication(entry);
                    break;
                case "AllergyIntolerance":
                    Coded(entry, "code", Active.Contains(Status(entry, "clinicalStatus")) || Status(entry, "clinicalStatus").Length == 0, "not active");
                    break;
                case "Medication":
                    break;
                default:
                    Unused(entry, entry.Type, "no fact is taken from this kind of resource");
                    break;
            }
        }

        if (Impossible(at) is { } problem)
        {
            return (null, problem);
        }

        var not = unused.Select(u => new NotUnderstood(
            u.Value.Count == 1 ? u.Value.First : u.Key.Type,
            u.Value.Count == 1 ? u.Key.What : $"{u.Key.What}, {u.Value.Count.ToString(CultureInfo.InvariantCulture)} times",
            u.Key.Why));
        return (new Chart { Entries = entries, NotUnderstood = [.. not], Diagnoses = diagnoses, Label = "FHIR record", Died = died }, null);
    }

    /// <summary>
    /// A weight or height that cannot be, where no later one mends it: every dose would rest on it, and to leave it out would look like
    /// a record that never held one.
    /// </summary>
    private InputProblem? Impossible(DateOnly at)
    {
        foreach (var (fact, day, why, where) in impossible)
        {
            var old = day is { } d && fact.ValidFor is { } valid && at.DayNumber - d.DayNumber > valid.TotalDays;
            if (!old && day <= at && !entries.Exists(e => e.Fact == fact && e.Value.At > day))
            {
                return new("implausible", $"{char.ToUpperInvariant(why[0])}{why[1..]}", where);
            }
        }

        return null;
    }

    private DateOnly? Person(FhirEntry patient, DateOnly? born)
    {
        var r = patient.Resource;
        if (born is { } day)
        {
            Add("birth_date", FactValue.Of(day, null, "Patient.birthDate"));
        }
        else if (r.Text("birthDate") is { } partial)
        {
            Unused(patient, $"birth date {partial}", "known to the year or month only; give the age instead");
        }

        if (r.Text("gender") is { } gender)
        {
            if (gender is "female" or "male")
            {
                Add("sex", FactValue.Of(gender, null, "Patient.gender"));
            }
            else
            {
                Unused(patient, $"gender {gender}", "formulas for ideal weight know female and male only");
            }
        }

        var died = r.Day("deceasedDateTime");
        if (died is not null || r.Text("deceasedDateTime") is not null || r.Flag("deceasedBoolean") == true)
        {
            Add("deceased", FactValue.Of(true, died, "Patient.deceased"));
        }

        return died ?? (r.Flag("deceasedBoolean") == true ? DateOnly.MinValue : null);
    }

    private void Observation(FhirEntry entry)
    {
        var r = entry.Resource;
        var status = r.Text("status") ?? "";
        if (!UsableObservations.Contains(status))
        {
            Unused(entry, r.Inner("code").Words(), status.Length == 0 ? "has no status" : $"its status is {status}");
            return;
        }

        var day = r.Day("effectiveDateTime") ?? r.Day("effectiveInstant") ?? r.Inner("effectivePeriod")?.Day("end") ?? r.Inner("effectivePeriod")?.Day("start") ?? r.Day("issued");
        Measured(entry, r, day);
        foreach (var component in r.Items("component"))
        {
            Measured(entry, component, day);
        }
    }

    /// <summary>The value of an Observation or of one of its components.</summary>
    private void Measured(FhirEntry entry, JsonElement holder, DateOnly? day)
    {
        var concept = holder.Inner("code");
        var facts = codes.Of(concept.Codings());
        var hasValue = holder.EnumerateObject().Any(p => p.Name.StartsWith("value", StringComparison.Ordinal));
        if (facts.Count == 0)
        {
            // A panel without a value of its own is read by its components.
            if (hasValue || !holder.Items("component").Any())
            {
                Unused(entry, concept.Words(), "no fact has this code");
            }

            return;
        }

        foreach (var fact in facts)
        {
            if (!TryValue(holder, fact, out var value, out var problem))
            {
                Unused(entry, concept.Words(), problem!);
                if (fact.Id is "weight" or "height" && TryValue(holder, fact with { PlausibleLow = decimal.MinValue, PlausibleHigh = null }, out _, out _))
                {
                    impossible.Add((fact, day, problem!, entry.Where));
                }

                continue;
            }

            entries.Add(new(fact, value with { At = day, Source = entry.Where }));
        }
    }

    private static bool TryValue(JsonElement holder, FactDefinition fact, out FactValue value, out string? problem)
    {
        value = FactValue.Of(false);
        if (holder.Inner("valueQuantity") is { } quantity)
        {
            if (quantity.Number("value") is not { } number)
            {
                problem = "the quantity has no number";
                return false;
            }

            if (quantity.Text("comparator") is { } comparator)
            {
                problem = $"'{comparator} {number}' is a limit, not a value";
                return false;
            }

            return ValueReading.TryRead(fact, Math.Round(number, 8), quantity.Text("code") ?? quantity.Text("unit") ?? "", out value, out problem);
        }

        if (fact.Type == FactType.Boolean && holder.Inner("valueCodeableConcept") is { } coded && CodedAnswer(fact, coded) is { } answer)
        {
            value = FactValue.Of(answer);
            problem = null;
            return true;
        }

        var told = holder.Inner("valueCodeableConcept") is { } concept ? ((JsonElement?)concept).Codings().Select(c => c.Display).Append(concept.Text("text")).FirstOrDefault(t => !string.IsNullOrEmpty(t))
            : holder.Text("valueString") ?? holder.Flag("valueBoolean")?.ToString() ?? (holder.Number("valueInteger") is { } i ? i.ToString(CultureInfo.InvariantCulture) : null) ?? holder.Text("valueDateTime");
        if (told is null)
        {
            problem = "it has no value";
            return false;
        }

        var plain = fact.Id == "abo" ? told.Replace("blood", "", StringComparison.OrdinalIgnoreCase).Replace("group", "", StringComparison.OrdinalIgnoreCase).Split('(')[0].Trim(' ', '+', '-') : told;
        return ValueReading.TryRead(fact, plain, fact.Unit?.Code, out value, out problem);
    }

    /// <summary>
    /// A coded answer to a question, such as the smoking status: true when the code is one of the fact's own;
    /// no when it is among the codes that deny it. Anything else says nothing here.
    /// </summary>
    private static bool? CodedAnswer(FactDefinition fact, JsonElement concept)
    {
        var codings = FactCodes.Known(((JsonElement?)concept).Codings()).ToList();
        return codings.Exists(c => fact.Codes.TryGetValue(c.System, out var own) && own.Contains(c.Code)) ? true
            : codings.Exists(c => fact.Codes.TryGetValue($"not_{c.System}", out var denying) && denying.Contains(c.Code)) ? false
            : null;
    }

    private void Condition(FhirEntry entry)
    {
        var verification = Status(entry, "verificationStatus");
        if (NotMeant.Contains(verification))
        {
            Unused(entry, entry.Resource.Inner("code").Words(), $"its verification status is {verification}");
            return;
        }

        var status = Status(entry, "clinicalStatus");
        if (Active.Contains(status) || status.Length == 0)
        {
            diagnoses.AddRange(FactCodes.Known(entry.Resource.Inner("code").Codings()).Select(c => new Diagnosis(c.System, c.Code)));
        }

        Coded(entry, "code", Active.Contains(status) || status.Length == 0, $"its clinical status is {status}");
    }

    private void Medication(FhirEntry entry)
    {
        var status = entry.Resource.Text("status") ?? "";
        var concept = entry.Resource.Inner("medicationCodeableConcept") ?? Referenced(entry.Resource.Inner("medicationReference")?.Text("reference"), entry);
        Coded(entry, concept, status is "active" or "on-hold", $"its status is {status}", "no fact is taken from this medicine");
    }

    private JsonElement? Referenced(string? reference, FhirEntry from)
    {
        if (reference is null)
        {
            return null;
        }

        if (reference.StartsWith('#'))
        {
            return from.Resource.Items("contained").FirstOrDefault(c => c.Text("id") == reference[1..]).Inner("code");
        }

        return resources.FirstOrDefault(r => r.Type == "Medication" && r.IsAt(reference))?.Resource.Inner("code");
    }

    private void Coded(FhirEntry entry, string key, bool current, string whyNot) => Coded(entry, entry.Resource.Inner(key), current, whyNot, "no fact has this code");

    /// <summary>Makes the Boolean facts of a code true. What is over still counts for facts that ask about the past.</summary>
    private void Coded(FhirEntry entry, JsonElement? concept, bool current, string whyNot, string whyNone)
    {
        var facts = codes.Of(concept.Codings()).Where(f => f.Type == FactType.Boolean).ToList();
        if (facts.Count == 0)
        {
            Unused(entry, concept.Words(), whyNone);
            return;
        }

        var since = entry.Resource.Day("onsetDateTime") ?? entry.Resource.Day("authoredOn") ?? entry.Resource.Day("recordedDate");
        foreach (var fact in facts)
        {
            if (current || fact.Id.StartsWith("previous_", StringComparison.Ordinal))
            {
                // Active means active now, however long ago it was written down.
                entries.Add(new(fact, FactValue.Of(true, null, since is null ? entry.Where : $"{entry.Where}, since {since:yyyy-MM-dd}")));
            }
            else
            {
                Unused(entry, concept.Words(), whyNot);
            }
        }
    }

    private static string Status(FhirEntry entry, string key) => entry.Resource.Inner(key).Codings().FirstOrDefault().Code ?? "";

    private void Add(string id, FactValue value)
    {
        if (codes.Facts.TryFind(id, out var fact))
        {
            entries.Add(new(fact, value));
        }
    }

    private void Unused(FhirEntry entry, string what, string why)
    {
        var key = (entry.Type, what, why);
        unused[key] = unused.TryGetValue(key, out var known) ? (known.First, known.Count + 1) : (entry.Where, 1);
    }
}
