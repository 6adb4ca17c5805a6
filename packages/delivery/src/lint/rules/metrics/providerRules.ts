import type { AnalysisArgument } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FieldPath } from '../../read/fieldPath';
import type { LintRule, Report } from '../../rule';
import { perMetric } from '../perRollout';
import { SOURCES } from '../sources';
import { placeholdersIn } from '../../../analysis/args/substitute';

const SECRET_NAME =
  /(^|[-_.])(api[-_.]?key|app(lication)?[-_.]?key|token|password|passwd|secret|credentials?|private[-_.]?key|authorization)$/i;

const isSecretName = (name: string) =>
  SECRET_NAME.test(name.replace(/([a-z])([A-Z])/g, '$1-$2'));

function* secretsIn(
  object: Report['object'],
  path: FieldPath,
  args: readonly AnalysisArgument[] = [],
): Iterable<Report> {
  for (const [i, { name, value }] of args.entries()) {
    if (!value || !isSecretName(name)) continue;
    yield {
      object,
      path: [...path, i, 'value'],
      message: `Argument ${name} has its value in the manifest.`,
    };
  }
}

export const secretInArguments: LintRule = {
  id: 'secret-in-arguments',
  severity: 'error',
  title: 'Secrets are in Secrets',
  explanation:
    'A value in a manifest is in Git, in every AnalysisRun, and readable by everybody who may read those. It is not redacted, because nobody knows that it is one.',
  fix: 'Use valueFrom.secretKeyRef.',
  source: SOURCES.secrets,
  *check({ templates, rollouts }) {
    for (const { object, template } of templates) {
      yield* secretsIn(object, ['spec', 'args'], template.spec?.args);
    }
    for (const { object, analyses } of rollouts) {
      for (const { path, analysis } of analyses) {
        yield* secretsIn(object, [...path, 'args'], analysis.args);
      }
    }
  },
};

interface Header {
  key?: string;
  value?: string;
}

export const secretInHeader = perMetric(
  {
    id: 'secret-in-header',
    severity: 'error',
    title: 'A header with credentials takes them from an argument',
    explanation:
      'An Authorization header in a template is a password in Git, and in every AnalysisRun.',
    fix: 'Write "{{args.token}}" there, and give the argument a secretKeyRef.',
    source: SOURCES.secrets,
  },
  function* check({ metric }) {
    for (const name of ['web', 'prometheus']) {
      const stanza = metric.provider?.[name] as
        { headers?: Header[] } | undefined;
      for (const [i, { key = '', value = '' }] of (
        stanza?.headers ?? []
      ).entries()) {
        const carries = isSecretName(key) || /^cookie$/i.test(key);
        if (!carries || !value || placeholdersIn(value).length) continue;
        yield {
          path: ['provider', name, 'headers', i, 'value'],
          message: `Header ${key} has its value in the manifest.`,
        };
      }
    }
  },
);

export const insecureProvider = perMetric(
  {
    id: 'insecure-provider',
    severity: 'warning',
    title: 'The provider’s certificate is checked',
    explanation:
      'With insecure: true anybody between the controller and the provider can decide what is promoted.',
    fix: 'Remove insecure, and let the controller trust the provider’s authority.',
    source: SOURCES.analysis,
  },
  function* check({ metric }) {
    for (const name of ['web', 'prometheus']) {
      const stanza = metric.provider?.[name] as
        { insecure?: boolean } | undefined;
      if (stanza?.insecure !== true) continue;
      yield {
        path: ['provider', name, 'insecure'],
        message: `${metric.name} does not check the certificate.`,
      };
    }
  },
);

interface JobStanza {
  spec?: { backoffLimit?: number; activeDeadlineSeconds?: number };
}

export const jobRetries = perMetric(
  {
    id: 'job-without-limits',
    severity: 'info',
    title: 'A test’s Job gives up in time',
    explanation:
      'By default a Job tries six more times, with growing pauses, and has no deadline: a failed smoke test is only seen after ten minutes, a hanging one never.',
    fix: 'Set backoffLimit (0 or 1) and activeDeadlineSeconds in the Job’s spec.',
    source: SOURCES.job,
  },
  function* check({ metric }) {
    const job = metric.provider?.job as JobStanza | undefined;
    if (!job?.spec) return;
    const lacks = (['backoffLimit', 'activeDeadlineSeconds'] as const).filter(
      field => job.spec?.[field] === undefined,
    );
    if (!lacks.length) return;
    yield {
      path: ['provider', 'job', 'spec'],
      message: `The Job of ${metric.name} has no ${lacks.join(' and no ')}.`,
    };
  },
);

export const unusedArgument: LintRule = {
  id: 'unused-argument',
  severity: 'info',
  title: 'A template uses the arguments that it asks for',
  explanation:
    'Every rollout has to give an argument that has no default, also one that changes nothing; more often its placeholder was mistyped.',
  fix: 'Use {{args.NAME}} in a metric, or remove the argument.',
  source: SOURCES.analysis,
  *check({ templates }) {
    for (const { object, template } of templates) {
      const { args = [], templates: nested, ...rest } = template.spec ?? {};
      if (nested?.length) continue;
      const used = new Set(placeholdersIn(JSON.stringify(rest)));
      for (const [i, { name }] of args.entries()) {
        if (used.has(name)) continue;
        yield {
          object,
          path: ['spec', 'args', i, 'name'],
          message: `Argument ${name} is used nowhere in the template.`,
        };
      }
    }
  },
};
