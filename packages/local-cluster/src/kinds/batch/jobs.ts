import { builtinKind } from '../builtinKind';
import { applyPodSpecDefaults } from '../core/podTemplateDefaults';
import { validatePodSpec } from '../core/validatePodSpec';

/** Jobs; CronJobs are not served. */
export const jobs = builtinKind({
  group: 'batch',
  kind: 'Job',
  categories: ['all'],
  status: true,
  generation: 'spec',
  selectableFields: ['status.successful'],
  rules: {
    applyDefaults(draft) {
      draft.spec ??= {};
      const { spec } = draft;
      if (spec.completions === undefined && spec.parallelism === undefined) {
        spec.completions = 1;
      }
      spec.parallelism ??= 1;
      spec.backoffLimit ??= 6;
      spec.completionMode ??= 'NonIndexed';
      spec.suspend ??= false;
      spec.manualSelector ??= false;
      spec.podReplacementPolicy ??= 'TerminatingOrFailed';
      if (spec.template?.spec) applyPodSpecDefaults(spec.template.spec);
    },
    prepareCreate(draft) {
      draft.status = { uncountedTerminatedPods: {} };
      if (draft.spec.manualSelector || !draft.spec.template) return;
      const own = { 'batch.kubernetes.io/controller-uid': draft.metadata.uid };
      draft.spec.selector = { matchLabels: own };
      draft.spec.template.metadata ??= {};
      const labels = {
        ...draft.spec.template.metadata.labels,
        ...own,
        'batch.kubernetes.io/job-name': draft.metadata.name,
        'controller-uid': draft.metadata.uid,
        'job-name': draft.metadata.name,
      };
      draft.spec.template.metadata.labels = labels;
      // A job without labels has those of its pods.
      draft.metadata.labels ??= { ...labels };
    },
    validate(object) {
      const policy = object.spec?.template?.spec?.restartPolicy;
      if (policy === 'Never' || policy === 'OnFailure') {
        return validatePodSpec(
          object.spec?.template?.spec,
          'spec.template.spec',
        );
      }
      return [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: valid values: "OnFailure", "Never"',
          field: 'spec.template.spec.restartPolicy',
        },
      ];
    },
  },
});
