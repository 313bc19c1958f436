namespace IgLoop.Tests.Literature;

/// <summary>Small exports as the databases write them; the records are invented.</summary>
internal static class Searches
{
    public const string Nbib = """

        PMID- 90000001
        OWN - NLM
        DP  - 2008 Feb
        TI  - Intravenous immune globulin for the treatment of chronic neuropathy: a
              randomised placebo-controlled trial.
        PG  - 136-44
        LID - 10.1016/S0000-0000(07)00001-0 [doi]
        AB  - BACKGROUND: Small trials.
              METHODS: 117 patients.
        FAU - Hughes, Richard A C
        AU  - Hughes RA
        FAU - Donofrio, Peter
        AU  - Donofrio P
        TA  - Lancet Neurol
        VI  - 7
        IP  - 2

        PMID- 90000002
        DP  - 2013
        TI  - Subcutaneous immunoglobulin in neuropathy: an open-label study of convenience.
        FAU - Müller, Jörg
        TA  - J Peripher Nerv Syst

        PMID- 90000003
        DP  - 2010 May 3
        TI  - Immunoglobulin in skin lupus: twelve patients followed for six months.
        FAU - Good, Ann

        """;

    public const string Ris = """
        TY  - JOUR
        AU  - Hughes, R.A.C.
        AU  - Donofrio, P.
        TI  - Intravenous immune globulin for the treatment of chronic neuropathy: A randomised placebo-controlled trial
        JO  - The Lancet Neurology
        PY  - 2008
        VL  - 7
        IS  - 2
        SP  - 136
        EP  - 144
        DO  - https://doi.org/10.1016/s0000-0000(07)00001-0
        ER  -

        TY  - JOUR
        AU  - Muller J.
        TI  - Subcutaneous immunoglobulin in neuropathy: an open-label study of convenience
        PY  - 2013/11/01/
        ER  -

        TY  - JOUR
        AU  - Other, Ben
        T1  - Plasma exchange beside immunoglobulin in acute neuropathy of children
        Y1  - 2015
        N2  - A trial.
        ER  -
        """;

    public const string Csv = "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,DOI,Grade\r\n90000009,\"A \"\"quoted\"\" title, with a comma, on immunoglobulin\",\"Hughes RA, Donofrio P.\",x,Hughes RA,Lancet,2009,10.1/csv,A\r\n,,nobody,x,y,z,2009,,\r\n";
}
