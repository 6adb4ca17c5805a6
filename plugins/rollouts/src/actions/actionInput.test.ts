import type { RevisionView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { initialInput, inputProblem } from './actionInput';

const revision = (
  number: number,
  outcome?: RevisionView['outcome'],
): RevisionView => ({
  revision: number,
  outcome,
  podHash: `hash-${number}`,
  replicaSet: `colors-${number}`,
  role: 'old',
  images: [],
  replicas: { desired: 0, ready: 0, available: 0 },
  pods: [],
  analysisRuns: [],
});

describe('the input an undo opens with', () => {
  it('is the revision before that did not fail', () => {
    expect(
      initialInput('undo', {
        images: [],
        revision: 3,
        revisions: [
          revision(3),
          revision(2, 'rolled-back'),
          revision(1, 'completed'),
        ],
      }),
    ).toEqual({ toRevision: 1 });
  });
});

describe('an image', () => {
  const problem = (image: string) =>
    inputProblem(
      'set-image',
      { images: [{ container: 'app', image }] },
      { images: [{ container: 'app', current: 'demo/colors:blue' }] },
    );

  it.each([
    ['', 'imageEmpty'],
    ['demo/colors green', 'imageSpaces'],
    ['https://example.com/app', 'imageMalformed'],
    ['demo/Colors:green', 'imageMalformed'],
    ['demo/colors:', 'imageMalformed'],
    ['demo/colors:blue', 'imageSame'],
    [' demo/colors:green ', undefined],
  ])('"%s" is judged before it is sent: %s', (image, expected) => {
    expect(problem(image)).toBe(expected);
  });
});
