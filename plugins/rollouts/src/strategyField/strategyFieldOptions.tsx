import {
  makeFieldSchema,
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { StrategyField } from './StrategyField';
import { problemsOf, type StrategyValue } from './strategyValue';

/** The shape alone; what it means is judged by `problemsOf`. */
const strategySchema = makeFieldSchema({
  uiOptions: z =>
    z.object({
      defaults: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('What is chosen at first, such as { router: istio }'),
    }),
  output: z => {
    const text = z.string().optional();
    const amount = z.number().optional();
    return z.object({
      preset: z
        .enum(['standard', 'cautious', 'fast', 'blue-green', 'dark-canary'])
        .optional(),
      namespace: text,
      replicas: amount,
      port: amount,
      readinessPath: text,
      labels: z.record(z.string(), z.string()).optional(),
      host: text,
      router: z.enum(['none', 'istio', 'nginx', 'gateway-api']).optional(),
      gateway: text,
      strategy: z.enum(['canary', 'blue-green']).optional(),
      weights: z.array(z.number()).optional(),
      pause: text,
      approvals: z.enum(['none', 'first', 'each']).optional(),
      header: z.object({ name: z.string(), value: z.string() }).optional(),
      promotion: z.enum(['manual', 'automatic']).optional(),
      analysis: z
        .union([
          z.literal('none'),
          z.object({
            metrics: z
              .array(z.enum(['success-rate', 'latency', 'smoke-test']))
              .optional(),
            when: z.enum(['background', 'step']).optional(),
            prometheus: text,
            dialect: z.enum(['istio', 'http']).optional(),
            successRate: amount,
            latencyMilliseconds: amount,
            interval: text,
            count: amount,
            failureLimit: amount,
            smokePath: text,
          }),
        ])
        .optional(),
    });
  },
});

/** What may stand below `ui:options`. */
type Options = { defaults?: StrategyValue };

function StrategyFormField({
  formData,
  onChange,
  formContext,
  uiSchema,
}: FieldExtensionComponentProps<StrategyValue, Options>) {
  return (
    <StrategyField
      formData={formData}
      onChange={onChange}
      defaults={uiSchema['ui:options']?.defaults}
      formContext={formContext}
    />
  );
}

const validation: CustomFieldValidator<StrategyValue, Options> = (
  value: StrategyValue | undefined,
  field,
) => {
  for (const { path, message } of problemsOf(value ?? {})) {
    field.addError(`${path}: ${message}`);
  }
};

/** The field `RolloutStrategy` of software templates, in either frontend system. */
export const strategyFieldOptions = {
  name: 'RolloutStrategy',
  component: StrategyFormField,
  validation,
  schema: strategySchema,
};
