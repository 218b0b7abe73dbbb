namespace TlsInterop.Tls.Secrets;

/// <summary>Why a record did not open, in the words of people.</summary>
internal static class FailureWords
{
    public static string Of(OpenedRecord opened) => opened.Status switch
    {
        RecordStatus.TagWrong => "the tag does not fit",
        RecordStatus.MacWrong => "the MAC does not fit",
        RecordStatus.PaddingMalformed =>
            $"the MAC or tag fits but the padding ({opened.PaddingLength} octets) is malformed",
        _ => "it is too short for its protection",
    };
}
