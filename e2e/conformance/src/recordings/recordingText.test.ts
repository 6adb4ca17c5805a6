import { formatRecording, parseRecording } from './recordingText';

const ASPECTS = {
  'app: phase': [
    { value: 'Progressing', brief: true },
    { value: 'Degraded: two\n  lines', brief: false },
  ],
  'app: step': [{ value: '', brief: false }],
};

describe('a recording', () => {
  it('is text that a person can read', () => {
    expect(formatRecording(['canary/steps'], ASPECTS)).toBe(
      [
        '# canary/steps',
        '',
        'app: phase',
        '~ Progressing',
        '  Degraded: two ⏎ lines',
        '',
        'app: step',
        '  ',
        '',
      ].join('\n'),
    );
  });

  it('is read as it was written', () => {
    expect(parseRecording(formatRecording(['x'], ASPECTS))).toEqual({
      'app: phase': [
        { value: 'Progressing', brief: true },
        { value: 'Degraded: two ⏎ lines', brief: false },
      ],
      'app: step': [{ value: '', brief: false }],
    });
  });

  it('refuses a value of no aspect', () => {
    expect(() => parseRecording('  value')).toThrow(
      'line 1 belongs to no aspect',
    );
  });
});
