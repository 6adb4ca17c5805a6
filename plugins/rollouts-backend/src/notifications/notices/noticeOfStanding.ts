import { durationText } from './durationText';
import type { Notice } from './Notice';
import { scopeOf, type RolloutGround } from './noticesOfChange';
import type { RolloutMoment } from './RolloutMoment';
import { rolloutLink } from './rolloutLink';

/**
 * That an update stands still for longer than is expected: it waits for a
 * person, or nothing moves. Told once for each step.
 *
 * @param expected - milliseconds
 */
export function noticeOfStanding(
  moment: RolloutMoment,
  now: number,
  expected: number,
  { ref, entityRef, tabPath, owners, sentence }: RolloutGround,
): Notice | undefined {
  const { since, moves, waits, uid, podHash, stepIndex } = moment;
  if (!moves || since === undefined || now - since < expected) {
    return undefined;
  }
  const about = `${ref.namespace}/${ref.name}`;
  return {
    key: ['stuck', ref.cluster, uid, podHash, stepIndex, since].join('/'),
    topic: 'stuck',
    title: waits
      ? `Waiting for somebody for ${durationText(now - since)}: ${about}`
      : `No progress for ${durationText(now - since)}: ${about}`,
    description: sentence,
    severity: 'high',
    scope: scopeOf(ref, moment),
    link: rolloutLink(tabPath, entityRef, ref),
    recipients: [...owners],
    except: [],
  };
}
