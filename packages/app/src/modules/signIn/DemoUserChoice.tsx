import { useEffect, useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Logo } from '../nav/Logo';
import type { DemoUser } from './demoUsers';

const useStyles = makeStyles({
  page: {
    minHeight: '100vh',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: 24,
    padding: 24,
    background: 'var(--bui-bg-neutral-1, var(--bui-bg-app))',
    color: 'var(--bui-fg-primary)',
  },
  heading: { display: 'flex', alignItems: 'center', gap: 12, fontSize: 24 },
  users: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: 16,
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
  user: {
    font: 'inherit',
    color: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    width: 280,
    height: '100%',
    padding: 20,
    borderRadius: 8,
    border: '1px solid var(--bui-border-2, var(--bui-fg-secondary))',
    background: 'var(--bui-bg-neutral-2, var(--bui-bg-app))',
    '&:hover, &:focus-visible': {
      outline: '2px solid var(--bui-fg-primary)',
      outlineOffset: 1,
    },
  },
  name: { display: 'block', fontWeight: 600, marginBottom: 4 },
  note: { display: 'block' },
  error: { color: 'var(--bui-fg-primary)', maxWidth: 576 },
});

/** One card per demo user; a click on one enters the portal. */
export const DemoUserChoice = (props: {
  users: DemoUser[];
  onChoose: (name: string) => void;
  error?: Error;
}) => {
  const classes = useStyles();
  // The first card is the way most people go: Enter is enough.
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);

  return (
    <main className={classes.page}>
      <h1 className={classes.heading}>
        <Logo size={28} /> Who are you in this demo?
      </h1>
      {props.error && (
        <p role="alert" className={classes.error}>
          Signing in did not work: {props.error.message}. The portal may still
          be starting; choose again in a moment.
        </p>
      )}
      <ul className={classes.users}>
        {props.users.map((user, index) => (
          <li key={user.name}>
            <button
              type="button"
              className={classes.user}
              onClick={() => props.onChoose(user.name)}
              ref={index === 0 ? first : undefined}
            >
              <span className={classes.name}>Enter as {user.title}</span>
              {user.note && <span className={classes.note}>{user.note}</span>}
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
};
