import { stringify } from 'yaml';
import type { AdmissionOptions } from './admissionOptions';
import { admissionPolicy } from './admissionPolicy';

/** The policies as a file for `kubectl apply`. */
export function admissionYaml(options: AdmissionOptions): string {
  const { key, value } = options.label;
  const head = [
    'What is asked of guarded rollouts; see docs/enforcement.md.',
    'Made by `yarn rollouts admission-policy`.',
    `Guarded are Rollouts and Deployments with the label ${key}: ${JSON.stringify(value)},`,
    'and the analyses of namespaces with it.',
  ].map(line => `# ${line}`);
  const documents = admissionPolicy(options).map(each =>
    stringify(each, { lineWidth: 0, singleQuote: true }).trimEnd(),
  );
  return `${[head.join('\n'), ...documents].join('\n---\n')}\n`;
}
