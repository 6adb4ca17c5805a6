import {
  ROLLOUT_PRESETS,
  type RolloutPresetName,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useId } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './PresetChoice.module.css';

/** The strategies to begin with. */
export const PresetChoice = (props: {
  value: RolloutPresetName;
  onChange(preset: RolloutPresetName): void;
}) => {
  const { t } = useRolloutsTranslation();
  const name = useId();
  return (
    <fieldset className={styles.presets}>
      <legend className={styles.legend}>{t('strategyField.preset')}</legend>
      {ROLLOUT_PRESETS.map(preset => (
        <label key={preset.name} className={styles.preset}>
          <input
            className={styles.radio}
            type="radio"
            name={name}
            value={preset.name}
            checked={preset.name === props.value}
            onChange={() => props.onChange(preset.name)}
          />
          <span className={styles.title}>{preset.title}</span>
          <span className={styles.summary}>{preset.summary}</span>
        </label>
      ))}
    </fieldset>
  );
};
