import type { BlueGreenStrategy } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Happening } from './happening';
import type { Turn } from './simulate';

const namesOf = (analysis: BlueGreenStrategy['prePromotionAnalysis']) =>
  (analysis?.templates ?? []).map(each => each.templateName).join(' and ');

/** What a person would notice of one turn of a blue-green rollout. */
export function blueGreenHappenings(
  { snapshot, plan }: Turn,
  strategy: BlueGreenStrategy,
): Happening[] {
  const { spec, status: before = {} } = snapshot.rollout;
  const { status: after } = plan;
  const [old, now] = [before.blueGreen ?? {}, after.blueGreen ?? {}];
  const current = after.currentPodHash;
  const pods = spec.replicas ?? 1;
  const found: Happening[] = [];
  if (old.previewSelector !== current && now.previewSelector === current) {
    found.push({ kind: 'preview', pods: strategy.previewReplicaCount ?? pods });
  }
  const pre = now.prePromotionAnalysisRunStatus?.name;
  if (pre && pre !== old.prePromotionAnalysisRunStatus?.name) {
    found.push({
      kind: 'analysis',
      name: namesOf(strategy.prePromotionAnalysis),
    });
  }
  if (!before.pauseConditions?.length && after.pauseConditions?.length) {
    const { autoPromotionEnabled = true, autoPromotionSeconds = 0 } = strategy;
    found.push({
      kind: 'pause',
      ...(autoPromotionEnabled
        ? { milliseconds: autoPromotionSeconds * 1_000 }
        : {}),
    });
  }
  if (now.scaleUpPreviewCheckPoint && !old.scaleUpPreviewCheckPoint) {
    found.push({ kind: 'size', pods });
  }
  if (old.activeSelector !== current && now.activeSelector === current) {
    found.push({ kind: 'active' });
  }
  const post = now.postPromotionAnalysisRunStatus?.name;
  if (post && post !== old.postPromotionAnalysisRunStatus?.name) {
    found.push({
      kind: 'analysis',
      name: namesOf(strategy.postPromotionAnalysis),
    });
  }
  if (before.stableRS !== after.stableRS) found.push({ kind: 'stable' });
  return found;
}
