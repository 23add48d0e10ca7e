// A certified OpenID Connect provider on a free port of this machine, for the tests.
// Prints its issuer as the first line. Whoever signs in types the practice as login name: it becomes the claim
// `praktijk`. It calls itself localhost and sends browsers back to 127.0.0.1, any port (RFC 8252, section 7.3):
// for a browser those are two sites.
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'balie',
        client_secret: 'only-for-these-tests',
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/balie/inloggen/terug'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'praktijk'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, praktijk: id }) }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
