import { abortedBy } from './abortedBy';

const aborted = { status: { abort: true, abortedAt: '2026-11-01T10:00:05Z' } };
const action = (title: string, at: string, by = 'user:default/ada') => ({
  title,
  at: `2026-11-01T${at}Z`,
  by,
});

describe('who aborted a rollout', () => {
  it.each([
    ['in the portal', action('abort', '10:00:03'), 'ada'],
    ['by a clock that is behind', action('abort', '10:00:35'), 'ada'],
    ['in an emergency', action('abort in an emergency', '10:00:03'), 'ada'],
    [
      'for an agent',
      action('abort', '10:00:03', 'external:robot'),
      'external:robot',
    ],
  ])('%s is said', (_, entry, name) => {
    expect(abortedBy(aborted, [entry])).toBe(name);
  });

  it.each([
    ['an abort long before', action('abort', '09:59:34')],
    ['one that was refused', action('abort refused', '10:00:03')],
    ['another action', action('promote', '10:00:03')],
  ])('is not known by %s', (_, entry) => {
    expect(abortedBy(aborted, [entry])).toBeUndefined();
  });

  it('is not asked of a rollout that is not aborted', () => {
    const status = { abortedAt: aborted.status.abortedAt };
    expect(
      abortedBy({ status }, [action('abort', '10:00:03')]),
    ).toBeUndefined();
  });
});
