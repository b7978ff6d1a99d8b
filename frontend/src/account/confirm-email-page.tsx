import { Form } from '../form/form';
import { Link } from '../router/link';
import { useParameters } from '../router/use-parameters';
import { useConfirmEmail } from './use-mail-links';

/**
 * The mail with the link comes after the registration, after a change of the address, and on request. The token works once.
 * Programs that check mails for viruses open their links: so the token is sent by a click, not by the page itself.
 */
export function ConfirmEmailPage() {
  const { token = '' } = useParameters().parameters;
  const mutation = useConfirmEmail();
  return (
    <>
      <h1>Confirm your e-mail address</h1>
      <section className="card narrow">
        {mutation.isSuccess ? (
          <p role="status">
            Your e-mail address is confirmed. <Link href="/account">Go to your account</Link>.
          </p>
        ) : (
          <Form
            label="Confirm your e-mail address"
            submitLabel="Confirm"
            toInput={() => ({ token })}
            mutation={mutation}
          >
            <p>One click, and we know that this address is yours.</p>
          </Form>
        )}
        {mutation.isError && (
          <p>
            Does the link no longer work? Request a new one on the page of <Link href="/account">your account</Link>.
          </p>
        )}
      </section>
    </>
  );
}
