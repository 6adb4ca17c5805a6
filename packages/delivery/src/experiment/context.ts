import type {
  Experiment,
  ExperimentAnalysisStatus,
  ExperimentStatus,
  ExperimentTemplateStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ExperimentDraft } from './draft';
import type { ExperimentSnapshot } from './snapshot';

/** All that the rules decide from, and the plan they write into. */
export interface ExperimentContext {
  snapshot: ExperimentSnapshot;
  experiment: Experiment;
  now: number;
  /** The status as it was. */
  before: ExperimentStatus;
  /** No pods are wanted any more, and analyses that still run are to end. */
  ending: boolean;
  draft: ExperimentDraft;
}

/** What the status said about a template. */
export function templateStatusOf(
  status: ExperimentStatus,
  name: string,
): ExperimentTemplateStatus | undefined {
  return status.templateStatuses?.find(each => each.name === name);
}

/** What the status said about an analysis. */
export function analysisStatusOf(
  status: ExperimentStatus,
  name: string,
): ExperimentAnalysisStatus | undefined {
  return status.analysisRuns?.find(each => each.name === name);
}
