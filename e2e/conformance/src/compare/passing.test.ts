import { withPassing } from './passing';

function told(aspect: string, text: string) {
  const phases = text
    .split(' ')
    .map(value => ({ value: value.replace('-', ''), brief: false }));
  return withPassing(aspect, phases)
    .map(({ value, brief }) => `${value || '-'}${brief ? '?' : ''}`)
    .join(' ');
}

describe('withPassing', () => {
  it.each([
    ['app: current', 'none r1 none', 'none? r1 none'],
    ['r1: replicas available', '0 4 0', '0? 4 0'],
    ['Experiment alone: analysis check', '- Failed', '-? Failed'],
    ['app: phase', 'Progressing Healthy', 'Progressing? Healthy'],
    ['AnalysisRun alone: phase', 'Pending Running', 'Pending? Running'],
    ['app: step', '1 2', '1 2'],
    ['app: stable', 'none', 'none'],
    ['Service app: selects', 'Running r1', 'Running r1'],
  ])('%s: %s is %s', (aspect, text, expected) => {
    expect(told(aspect, text)).toBe(expected);
  });
});
