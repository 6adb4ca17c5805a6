const DATE_TIME =
  /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Whether a string has the format; formats that nobody here uses always pass. */
export function validateFormat(format: string, text: string): boolean {
  switch (format) {
    case 'date-time':
      return DATE_TIME.test(text) && !Number.isNaN(Date.parse(text));
    case 'date':
      return (
        /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
      );
    case 'byte':
      return /^[A-Za-z0-9+/\r\n]*={0,2}$/.test(text);
    case 'uuid':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
    case 'uri':
      return URL.canParse(text);
    default:
      return true;
  }
}
