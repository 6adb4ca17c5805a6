import type { Difference } from '../difference';

/** Analyses and experiments. */
export const ANALYSIS_DIFFERENCES: Difference[] = [
  {
    subject: 'an inconclusive analysis in the background',
    reference: 'pauses, but a timed pause still ends and sets the next weight',
    reason: 'holds the rollout at its step until somebody decides',
    scenarios: ['analysis/inconclusive-in-the-background'],
    aspect: /^(app: step|Events of Rollouts)$/,
    onlyReference: ['1', '2', 'Normal RolloutStepCompleted'],
  },
  {
    subject: 'an inconclusive experiment of a step',
    reference: 'is run again, again and again, while the rollout is paused',
    reason: 'waits for a person',
    scenarios: ['experiments/inconclusive-analysis'],
    aspect: /^Experiment <step experiment of revision 2> #2: phase$/,
    onlyReference: ['Pending', 'Running', 'Inconclusive'],
  },
  {
    subject: 'analysis in the background of an update that is retried',
    reference: 'does not run any more when the first step is a pause',
    reason: 'runs anew',
    scenarios: ['analysis/background-retried'],
    generated: true,
    aspect: /^AnalysisRun <Background run of revision \d> #2: /,
    onlyOurs: ['Running', 'Successful'],
  },
  {
    subject: 'the status of an analysis that ended with its experiment',
    reference: 'stays Running in the experiment',
    reason: 'says how the run came out',
    scenarios: ['experiments/successful-analysis-meanwhile'],
    aspect: /^Experiment .*: analysis check$/,
    instead: { reference: ['Running'], ours: ['Successful'] },
  },
  {
    subject: '`ttlStrategy` of a finished analysis run',
    reference: 'is looked at when something else happens to the run',
    reason: 'deletes the run when its time is over',
    scenarios: ['runs/kept-for-seconds'],
    aspect: /^AnalysisRun alone: phase$/,
    onlyOurs: ['deleted'],
  },
  {
    subject: 'a condition that fails on what was measured',
    reference: 'says what its expression library says',
    reason: 'says the same in words of this project',
    scenarios: ['analysis/prometheus-no-series', 'analysis/wrong-type'],
    aspect: /^(AnalysisRun .*: message|app: (phase|message))$/,
    onlyReference: [/Error Message: (reflect: slice|type float64)/],
    onlyOurs: [/Error Message: /],
  },
];
