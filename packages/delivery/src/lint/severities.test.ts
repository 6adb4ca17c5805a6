import { parseSeverity } from './severities';

describe('a severity setting', () => {
  it('is read', () => {
    expect(parseSeverity('--severity', 'no-analysis=error')).toEqual([
      'no-analysis',
      'error',
    ]);
  });

  it.each([
    ['no-analysis', 'write RULE=info|warning|error|off, not "no-analysis"'],
    [
      'no-analysys=off',
      'there is no rule "no-analysys"; is "no-analysis" meant?',
    ],
    ['no-analysis=off=error', 'write RULE=info|warning|error|off, not'],
    ['no-analysis=loud', 'no-analysis must be info, warning, error, off'],
    ['__proto__=off', 'there is no rule "__proto__"'],
  ])('%s is refused', (text, message) => {
    expect(() => parseSeverity('--severity', text)).toThrow(message);
  });
});
