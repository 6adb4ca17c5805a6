import { AUTHOR_ANNOTATION } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../../__testUtils__/rollouts';
import type { ActionRecord } from '../../database/ActionRecord';
import { changeAuthors } from './changeAuthors';

const HOUR = 60 * 60_000;
const change = {
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  podHash: 'green',
  images: [],
};

function authors(options: {
  annotation?: string;
  ofTemplate?: string;
  module?: () => Promise<string[]>;
  /** When somebody set an image through the portal. */
  changedAt?: number;
  begunAt?: number;
}) {
  const { annotation, ofTemplate, module, changedAt, begunAt } = options;
  const annotated = (text: string | undefined) =>
    text === undefined ? {} : { annotations: { [AUTHOR_ANNOTATION]: text } };
  const { template } = canary().spec;
  const rollout = canary({
    metadata: annotated(annotation),
    spec: {
      template: {
        ...template!,
        metadata: { ...template!.metadata, ...annotated(ofTemplate) },
      },
    },
  });
  return changeAuthors(rollout, change, {
    modules: module ? [{ title: 'git', authorsOf: module }] : [],
    begunAt,
    lastChange: async () =>
      changedAt === undefined
        ? undefined
        : ({ principal: 'user:default/dora', changedAt } as ActionRecord),
  });
}

describe('who made a change', () => {
  it('is nobody who is known, when nothing says so', async () => {
    await expect(authors({})).resolves.toEqual([]);
  });

  it('is whom the annotations name, on the Rollout and its template, once each', async () => {
    await expect(
      authors({ annotation: 'ada, User:default/Ben', ofTemplate: 'ben,cleo' }),
    ).resolves.toEqual([
      'user:default/ada',
      'user:default/ben',
      'user:default/cleo',
    ]);
  });

  it('is whom a module knows', async () => {
    await expect(authors({ module: async () => ['eve'] })).resolves.toEqual([
      'user:default/eve',
    ]);
  });

  it('cannot be said while a module does not answer: an unknown author could approve', async () => {
    const down = async () => {
      throw new Error('git does not answer');
    };
    await expect(authors({ module: down })).rejects.toThrow('git');
  });

  it.each([
    ['after it began', 20 * HOUR, 10 * HOUR, true],
    ['before it, by a clock that is an hour off', 9 * HOUR, 10 * HOUR, true],
    ['of a version before', 1 * HOUR, 10 * HOUR, false],
    ['when nobody knows since when', 1 * HOUR, undefined, true],
  ])('is who set it %s', async (_, changedAt, begunAt, counts) => {
    await expect(authors({ changedAt, begunAt })).resolves.toEqual(
      counts ? ['user:default/dora'] : [],
    );
  });
});
