import type { Draft } from './Draft';

/** A run may be made in the same second as the ReplicaSet. */
const SLACK_MILLISECONDS = 2_000;

/** Analysis runs of this release that have begun or have a verdict. */
export function followAnalyses(draft: Draft): void {
  const { release, observation } = draft;
  for (const run of observation.runs) {
    const known = release.runs[run.uid];
    const ofRelease =
      known !== undefined ||
      ((run.podHash === '' || run.podHash === release.podHash) &&
        run.startedAt >= release.startedAt - SLACK_MILLISECONDS);
    if (!ofRelease || known === 'finished') {
      continue;
    }
    const { uid, name } = run;
    if (known === undefined) {
      draft.add('analysis-started', uid, run.startedAt, { uid, name });
      release.runs[uid] = 'started';
    }
    if (run.completedAt !== undefined) {
      draft.add('analysis-finished', uid, run.completedAt, { run: run.view() });
      release.runs[uid] = 'finished';
    }
  }
}
