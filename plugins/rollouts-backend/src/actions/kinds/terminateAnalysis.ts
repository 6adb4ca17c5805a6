import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  invalid,
  notApplicable,
  type ActionContext,
  type ActionKind,
} from '../ActionContext';

/** Ends an analysis run before its time. */
export const terminateAnalysis: ActionKind = {
  action: 'terminate-analysis',
  binds: 'object',
  label: () => 'End analysis',

  refuse(context) {
    return running(context).length === 0
      ? notApplicable('No analysis is running.')
      : undefined;
  },

  plan(context, { analysisRun }) {
    const candidates = running(context);
    const run = analysisRun
      ? candidates.find(({ metadata }) => metadata.name === analysisRun)
      : candidates[0];
    if (!run || (!analysisRun && candidates.length > 1)) {
      return invalid(
        analysisRun
          ? `No analysis run "${analysisRun}" of this rollout is running.`
          : 'Several analyses are running.',
        `Name one of: ${candidates.map(({ metadata }) => metadata.name).join(', ')}.`,
      );
    }
    return {
      patches: [
        {
          resource: 'analysisruns.argoproj.io',
          namespace: run.metadata.namespace ?? '',
          name: run.metadata.name,
          type: 'merge',
          patch: { spec: { terminate: true } },
        },
      ],
      warnings: isClean(run)
        ? [
            'No measurement of it has failed, so ending it counts as successful and the rollout goes on.',
          ]
        : [],
    };
  },
};

function running({ analysisRuns }: ActionContext): AnalysisRun[] {
  return analysisRuns.filter(
    ({ status, spec }) =>
      !status?.completedAt && !isOver(status?.phase) && !spec.terminate,
  );
}

function isOver(phase: string | undefined): boolean {
  return phase !== undefined && phase !== 'Pending' && phase !== 'Running';
}

function isClean({ status }: AnalysisRun): boolean {
  return (status?.metricResults ?? []).every(
    result => !result.failed && !result.error && !result.inconclusive,
  );
}
