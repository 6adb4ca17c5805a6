import { Checkbox, NumberField, Select, TextField } from '@backstage/ui';
import {
  type CompleteDescription,
  type GeneratedRouter,
  writtenWeights,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { parseWeights, type StrategyValue } from './strategyValue';
import styles from './StrategyDetails.module.css';

const ROUTERS: GeneratedRouter[] = ['none', 'istio', 'nginx', 'gateway-api'];
const APPROVALS = ['none', 'first', 'each'] as const;
const PROMOTIONS = ['manual', 'automatic'] as const;

export interface DetailsProps {
  /** With what the preset says where nobody said otherwise. */
  complete: CompleteDescription;
  /** What is wrong in a field, if anything. */
  problem(path: string): string | undefined;
  onChange(change: StrategyValue): void;
}

/** Every detail of the strategy but how it is measured. */
export const StrategyDetails = ({
  complete,
  problem,
  onChange,
}: DetailsProps) => {
  const { t } = useRolloutsTranslation();
  return (
    <>
      <NumberField
        label={t('strategyField.replicas')}
        value={complete.replicas}
        isInvalid={problem('replicas') !== undefined}
        onChange={replicas => onChange({ replicas })}
      />
      <Problem text={problem('replicas')} />
      <Select
        label={t('strategyField.router.label')}
        options={ROUTERS.map(router => ({
          id: router,
          label: t(`strategyField.router.${router}`),
        }))}
        value={complete.router}
        onChange={router => onChange({ router: router as GeneratedRouter })}
      />
      {complete.strategy === 'canary' ? (
        <CanaryDetails
          complete={complete}
          problem={problem}
          onChange={onChange}
        />
      ) : (
        <>
          <Select
            label={t('strategyField.promotion.label')}
            options={PROMOTIONS.map(promotion => ({
              id: promotion,
              label: t(`strategyField.promotion.${promotion}`),
            }))}
            value={complete.promotion}
            onChange={promotion =>
              onChange({
                promotion: promotion as CompleteDescription['promotion'],
              })
            }
          />
          <Problem text={problem('promotion')} />
        </>
      )}
    </>
  );
};

function CanaryDetails({ complete, problem, onChange }: DetailsProps) {
  const { t } = useRolloutsTranslation();
  const { weights, pause, approvals, header } = complete;
  return (
    <>
      <Weights
        key={complete.preset}
        weights={weights}
        problem={problem('weights')}
        onChange={changed => onChange({ weights: changed })}
      />
      {!problem('weights') && !problem('replicas') && (
        <WrittenWeights complete={complete} />
      )}
      <TextField
        label={t('strategyField.pause.label')}
        description={t('strategyField.pause.help')}
        value={pause}
        isInvalid={problem('pause') !== undefined}
        onChange={changed => onChange({ pause: changed })}
      />
      <Problem text={problem('pause')} />
      <Select
        label={t('strategyField.approvals.label')}
        options={APPROVALS.map(each => ({
          id: each,
          label: t(`strategyField.approvals.${each}`),
        }))}
        value={approvals}
        onChange={changed =>
          onChange({ approvals: changed as CompleteDescription['approvals'] })
        }
      />
      {(complete.router === 'istio' || header) && (
        <Checkbox
          isSelected={header !== undefined}
          onChange={isSelected =>
            onChange({
              header: isSelected
                ? { name: 'x-canary', value: 'true' }
                : undefined,
            })
          }
        >
          {t('strategyField.header.label')}
        </Checkbox>
      )}
      {header && (
        <div className={styles.pair}>
          <TextField
            label={t('strategyField.header.name')}
            value={header.name}
            onChange={name => onChange({ header: { ...header, name } })}
          />
          <TextField
            label={t('strategyField.header.value')}
            value={header.value}
            onChange={value => onChange({ header: { ...header, value } })}
          />
        </div>
      )}
      <Problem text={problem('header')} />
    </>
  );
}

/** Keeps what is typed: `10,` is on its way to `10, 20`. */
function Weights(props: {
  weights: number[];
  problem: string | undefined;
  onChange(weights: number[]): void;
}) {
  const { t } = useRolloutsTranslation();
  const { weights, problem, onChange } = props;
  const [text, setText] = useState(weights.join(', '));
  return (
    <>
      <TextField
        label={t('strategyField.weights.label')}
        description={t('strategyField.weights.help')}
        value={text}
        isInvalid={problem !== undefined}
        inputMode="numeric"
        onChange={changed => {
          setText(changed);
          onChange(parseWeights(changed));
        }}
      />
      <Problem text={problem} />
    </>
  );
}

/** Which weights there will be, where pods cannot make those that were asked for. */
function WrittenWeights({ complete }: { complete: CompleteDescription }) {
  const { t } = useRolloutsTranslation();
  const written = writtenWeights(complete).join(', ');
  return written === complete.weights.join(', ') ? null : (
    <p className={styles.note}>
      {t('strategyField.weights.written', {
        replicas: String(complete.replicas),
        weights: written,
      })}
    </p>
  );
}

/** What is wrong, where it was made. */
export function Problem({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p className={styles.problem} role="alert">
      {text}
    </p>
  );
}
