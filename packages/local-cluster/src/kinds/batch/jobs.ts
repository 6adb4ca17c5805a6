import { builtinKind } from '../builtinKind';
import { applyPodSpecDefaults } from '../core/podTemplateDefaults';

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
      spec.podReplacementPolicy ??= 'TerminatingOrFailed';
      if (spec.template?.spec) applyPodSpecDefaults(spec.template.spec);
    },
    prepareCreate(draft) {
      draft.status = {};
      if (draft.spec.manualSelector || !draft.spec.template) return;
      const own = { 'batch.kubernetes.io/controller-uid': draft.metadata.uid };
      draft.spec.selector = { matchLabels: own };
      draft.spec.template.metadata ??= {};
      draft.spec.template.metadata.labels = {
        ...draft.spec.template.metadata.labels,
        ...own,
        'batch.kubernetes.io/job-name': draft.metadata.name,
        'controller-uid': draft.metadata.uid,
        'job-name': draft.metadata.name,
      };
    },
    validate(object) {
      const policy = object.spec?.template?.spec?.restartPolicy;
      if (policy === 'Never' || policy === 'OnFailure') return [];
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
