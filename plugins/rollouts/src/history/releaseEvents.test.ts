import { historyReleases } from '../__fixtures__/historyReleases';
import { releaseDetail } from '../__fixtures__/historyRelease';
import type { Translate } from '../translation/ref';
import { releaseEvents } from './releaseEvents';

const now = Date.parse('2026-11-26T21:00:00Z');
// The keys are enough to see what is said.
const t = ((key: string) => key) as unknown as Translate;

it('is everything that happened, newest first', () => {
  const [, , , gap] = historyReleases(now);
  const events = releaseEvents(releaseDetail(now, gap!), t);

  expect(events.map(({ title }) => title)).toEqual([
    'history.events.action.applied',
    'history.events.request.executed',
    'history.events.vote.approve',
    'history.events.comment',
    'history.events.vote.approve',
    'history.events.asked',
    'history.events.note',
    'history.events.action.applied',
  ]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});

it('says who passed in an emergency what somebody had asked for', () => {
  const [, , hotfix] = historyReleases(now);
  const detail = releaseDetail(now, hotfix!);
  const [request] = detail.requests;
  const passed = {
    by: 'user:default/henry',
    at: new Date(now).toISOString(),
    reason: 'the shop is down',
  };
  const [newest] = releaseEvents(
    { ...detail, requests: [{ ...request!, passed }] },
    t,
  );

  expect(newest).toMatchObject({
    title: 'history.events.passed',
    severity: 'warning',
    by: 'user:default/henry',
  });
});

it('does not call approved what nobody approved', () => {
  const [, , hotfix] = historyReleases(now);
  const titles = releaseEvents(releaseDetail(now, hotfix!), t).map(
    ({ title }) => title,
  );

  expect(titles).toContain('history.events.unapproved');
  expect(titles).not.toContain('history.events.request.executed');
});
