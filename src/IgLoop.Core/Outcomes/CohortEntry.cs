namespace IgLoop.Core.Outcomes;

/// <summary>What a line of a cohort says.</summary>
public enum EntryKind
{
    /// <summary>About the patient as such: birth_date, sex, weight, or a number to balance the groups by.</summary>
    Patient,

    /// <summary>An instrument at a visit.</summary>
    Score,

    /// <summary>A manifestation present or absent at a visit.</summary>
    Manifestation,

    /// <summary>One administration: g or g/kg.</summary>
    Infusion,

    /// <summary>Steroid at a visit, mg prednisone equivalent a day.</summary>
    Steroid,

    AdverseEvent,

    Relapse,

    /// <summary>Last day the patient was seen.</summary>
    LastSeen,
}

/// <summary>Where a value stood in the input, for a message that helps to mend it.</summary>
public readonly record struct Place(string File, int Row, string Column)
{
    /// <summary>The column that the date of the value stood in; null: "date".</summary>
    public string? DateColumn { get; init; }

    /// <summary>Where the date stood.</summary>
    public Place OfDate => this with { Column = DateColumn ?? "date" };

    public override string ToString() => $"{File}, row {Row}, column {Column}";
}

/// <summary>One thing that was written about one patient, as read and not yet judged.</summary>
/// <param name="On">Null only for what is about the patient as such.</param>
public sealed record CohortEntry(string Patient, DateOnly? On, EntryKind Kind, string Name, string Value, string Unit, Place Where);

/// <summary>Something wrong with the input: one sentence that says what, and where.</summary>
public sealed record CohortProblem(string Message, Place Where);
