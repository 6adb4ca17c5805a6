import {
  Button,
  Combobox,
  DateRangePicker,
  SearchField,
  Select,
} from '@backstage/ui';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { RELEASE_OUTCOMES } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseDate } from '@internationalized/date';
import { useEffect, useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { isFiltered, SINCE, type HistoryQuery } from './historyQuery';
import styles from './HistoryFilter.module.css';

/** What the history is narrowed to: time, outcome, person, image. */
export const HistoryFilter = (props: {
  query: HistoryQuery;
  /** Entity refs that can be chosen without typing. */
  people: string[];
  onChange(change: Partial<HistoryQuery>): void;
}) => {
  const { query, onChange } = props;
  const { t } = useRolloutsTranslation();
  const people = [
    ...new Set([...(query.person ? [query.person] : []), ...props.people]),
  ].sort();
  const { from, to } = query;
  return (
    <div
      className={styles.filter}
      role="search"
      aria-label={t('history.filter.label')}
    >
      <Select
        className={styles.field}
        label={t('history.filter.since')}
        options={SINCE.map(since => ({
          value: since,
          label: t(`history.since.${since}`),
        }))}
        value={query.since ?? 'any'}
        onChange={value => {
          const since = SINCE.find(known => known === value);
          onChange({ since: since === 'any' ? undefined : since });
        }}
      />
      {query.since === 'range' && (
        <DateRangePicker
          label={t('history.filter.range')}
          value={
            from && to ? { start: parseDate(from), end: parseDate(to) } : null
          }
          onChange={range =>
            onChange({
              from: range?.start.toString().slice(0, 10),
              to: range?.end.toString().slice(0, 10),
            })
          }
        />
      )}
      <Select
        className={styles.field}
        label={t('history.filter.outcome')}
        selectionMode="multiple"
        placeholder={t('history.filter.anyOutcome')}
        options={RELEASE_OUTCOMES.map(outcome => ({
          value: outcome,
          label: t(`history.outcome.${outcome}`),
        }))}
        value={query.outcome ?? []}
        onChange={values => {
          const outcome = RELEASE_OUTCOMES.filter(known =>
            values.includes(known),
          );
          onChange({ outcome: outcome.length > 0 ? outcome : undefined });
        }}
      />
      <Combobox
        className={styles.field}
        label={t('history.filter.person')}
        placeholder={t('history.filter.anyone')}
        allowsCustomValue
        options={people.map(ref => ({
          value: ref,
          label: parseEntityRef(ref).name,
        }))}
        value={query.person ?? null}
        onChange={value => onChange({ person: toPerson(value) })}
      />
      <ImageField
        value={query.image ?? ''}
        onChange={image => onChange({ image: image || undefined })}
      />
      {isFiltered(query) && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() =>
            onChange({
              since: undefined,
              from: undefined,
              to: undefined,
              outcome: undefined,
              person: undefined,
              image: undefined,
            })
          }
        >
          {t('history.empty.clear')}
        </Button>
      )}
    </div>
  );
};

/** Follows the address, but does not lose what is being typed to it. */
function ImageField(props: { value: string; onChange(value: string): void }) {
  const { t } = useRolloutsTranslation();
  const [typed, setTyped] = useState(props.value);
  useEffect(() => setTyped(props.value), [props.value]);
  return (
    <SearchField
      className={styles.field}
      size="small"
      label={t('history.filter.image')}
      placeholder={t('history.filter.anyImage')}
      value={typed}
      onChange={value => {
        setTyped(value);
        props.onChange(value);
      }}
    />
  );
}

/** "ada" is `user:default/ada`; what is no name of anybody is nobody. */
function toPerson(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(value.trim(), {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    // What is typed is not yet a reference; nothing is asked for it.
    return undefined;
  }
}
