import type { ApprovalExtensions } from '@progressive-delivery/backstage-plugin-rollouts-node';
import type { Clock } from '@progressive-delivery/kube';
import { answerInTime } from '../limits/answerInTime';

/** The modules' extensions, each of whose answers comes in time or fails. */
export function extensionsInTime(
  { sources, delegates, authors }: ApprovalExtensions,
  clock: Clock,
): Pick<ApprovalExtensions, 'sources' | 'delegates' | 'authors'> {
  return {
    sources: sources.map(source => ({
      title: source.title,
      list: () => answerInTime(source.title, clock, () => source.list()),
    })),
    delegates: delegates.map(each => ({
      title: each.title,
      representedBy: ref =>
        answerInTime(each.title, clock, () => each.representedBy(ref)),
    })),
    authors: authors.map(each => ({
      title: each.title,
      authorsOf: change =>
        answerInTime(each.title, clock, () => each.authorsOf(change)),
    })),
  };
}
