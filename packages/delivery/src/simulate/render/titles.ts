import { counted, durationText } from '../../explain/words';
import type { Timeline } from '../timeline/timeline';

const STRATEGIES = { canary: 'canary', blueGreen: 'blue-green' };

/** Which rollout it is, and how it is updated. */
export function titleOf({ rollout }: Pick<Timeline, 'rollout'>): string {
  const { name, namespace, strategy, router, replicas, steps } = rollout;
  const byPods = strategy === 'canary' ? ', traffic by the number of pods' : '';
  const how = router ? `, traffic by ${router}` : byPods;
  return `${namespace}/${name}: ${STRATEGIES[strategy]}${how}, ${counted(replicas, 'replica')}${steps.length ? `, ${counted(steps.length, 'step')}` : ''}`;
}

const OUTCOMES: Record<Timeline['outcome']['kind'], string> = {
  promoted: 'The new version is stable',
  aborted: 'The old version serves everybody again',
  waiting: 'It waits for a person',
  stuck: 'It is stuck',
};

/** How it ends, and after how long. */
export function outcomeSentence({ outcome }: Pick<Timeline, 'outcome'>) {
  const { kind, at } = outcome;
  const when = at === 0 ? 'at once' : `after ${durationText(at)}`;
  return `${OUTCOMES[kind]} ${when}.`;
}
