import type { RolloutSources } from './RolloutSources';
import { SecretTexts } from './SecretTexts';

const MESSAGES: ReadonlySet<string> = new Set(['message']);
const ANSWERS: ReadonlySet<string> = new Set([
  'message',
  'value',
  'ResolvedPrometheusQuery',
]);

/** Cleans every text in which a provider's answer can end up: runs, and what is told of them. */
export function withoutSecrets(sources: RolloutSources): RolloutSources {
  const { rollout, analysisRuns, events } = sources;
  const texts = new SecretTexts(analysisRuns);
  return {
    ...sources,
    rollout: { ...rollout, status: texts.cleanIn(rollout.status, MESSAGES) },
    analysisRuns: analysisRuns.map(run => ({
      ...run,
      status: texts.cleanIn(run.status, ANSWERS),
    })),
    events: events.map(event => texts.cleanIn(event, MESSAGES)),
  };
}
