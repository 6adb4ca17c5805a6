import type {
  AnalysisRun,
  Experiment,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ControllerMetrics } from './metrics';

/** Argo Rollouts, features/controller-metrics.md; those about Go left out. */
const DOCUMENTED = [
  'rollout_info',
  'rollout_info_replicas_available',
  'rollout_info_replicas_unavailable',
  'rollout_info_replicas_desired',
  'rollout_info_replicas_updated',
  'rollout_phase',
  'rollout_reconcile',
  'rollout_reconcile_error',
  'experiment_info',
  'experiment_phase',
  'experiment_reconcile',
  'experiment_reconcile_error',
  'analysis_run_info',
  'analysis_run_metric_phase',
  'analysis_run_metric_type',
  'analysis_run_phase',
  'analysis_run_reconcile',
  'analysis_run_reconcile_error',
  'controller_clientset_k8s_request_total',
  'workqueue_adds_total',
  'workqueue_depth',
  'workqueue_queue_duration_seconds',
  'workqueue_work_duration_seconds',
  'workqueue_unfinished_work_seconds',
  'workqueue_longest_running_processor_seconds',
  'workqueue_retries_total',
];

const rollout: Rollout = {
  metadata: { name: 'colors', namespace: 'demo', generation: 1 },
  spec: { strategy: { canary: {} } },
  status: { phase: 'Degraded', abort: true, observedGeneration: '1' },
};
const run: AnalysisRun = {
  metadata: { name: 'colors-1', namespace: 'demo' },
  spec: {
    metrics: [{ name: 'rate', provider: { cloudWatch: {} } }],
    dryRun: [{ metricName: '.*' }],
  },
  status: {
    phase: 'Running',
    metricResults: [{ name: 'rate', phase: 'Failed' }],
  },
};

const experiment: Experiment = {
  metadata: { name: 'compare', namespace: 'demo' },
  spec: { templates: [] },
  status: { phase: 'Failed' },
};

describe('metrics of the controller', () => {
  let monotonic = 0;
  const metrics = () =>
    new ControllerMetrics(
      {
        rollouts: () => [rollout],
        analysisRuns: () => [run],
        analysisTemplates: () => [],
        experiments: () => [experiment],
        queueLength: () => 3,
      },
      { monotonic: () => monotonic },
    );

  it('have all the names that the reference documents', () => {
    const names = metrics()
      .registry.getMetricsAsArray()
      .map(({ name }) => name);

    expect(DOCUMENTED.filter(name => !names.includes(name))).toEqual([]);
  });

  it('say 1 for the phase that an object has, and 0 for the others', async () => {
    const text = await metrics().registry.metrics();

    for (const line of [
      'rollout_phase{namespace="demo",name="colors",strategy="canary",phase="Abort"} 1',
      'rollout_phase{namespace="demo",name="colors",strategy="canary",phase="Completed"} 0',
      'experiment_info{namespace="demo",name="compare",phase="Failed"} 1',
      'experiment_phase{namespace="demo",name="compare",phase="Running"} 0',
      'analysis_run_phase{namespace="demo",name="colors-1",phase="Running"} 1',
      'analysis_run_metric_phase{namespace="demo",name="colors-1",metric="rate",type="CloudWatch",dry_run="true",phase="Failed"} 1',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('say how long a key waited and was worked on', async () => {
    const { queue, registry } = metrics();
    queue.added('rollout/demo/colors');
    queue.added('rollout/demo/colors');
    monotonic += 2_000;
    queue.began('rollout/demo/colors');
    monotonic += 500;
    expect(await registry.metrics()).toContain(
      'workqueue_longest_running_processor_seconds{name="rollouts"} 0.5',
    );
    queue.ended('rollout/demo/colors');

    const text = await registry.metrics();

    for (const line of [
      'workqueue_adds_total{name="rollouts"} 1',
      'workqueue_depth{name="rollouts"} 3',
      'workqueue_queue_duration_seconds_sum{name="rollouts"} 2',
      'workqueue_work_duration_seconds_sum{name="rollouts"} 0.5',
      'workqueue_longest_running_processor_seconds{name="rollouts"} 0',
    ]) {
      expect(text).toContain(line);
    }
  });
});
