// Reads or makes a passkey for the form around it. Without this file the page still takes codes.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const decoded = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function make(options) {
  const wish = options.creation_options.publicKey;
  const made = await navigator.credentials.create({
    publicKey: {
      ...wish,
      challenge: toBytes(wish.challenge),
      user: { ...wish.user, id: toBytes(wish.user.id) },
      excludeCredentials: decoded(wish.excludeCredentials),
    },
  });
  return {
    type: made.type,
    id: made.id,
    rawId: toText(made.rawId),
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    },
  };
}

async function read(options) {
  const wish = options.request_options.publicKey;
  const shown = await navigator.credentials.get({
    publicKey: { ...wish, challenge: toBytes(wish.challenge), allowCredentials: decoded(wish.allowCredentials) },
  });
  const answer = shown.response;
  return {
    type: shown.type,
    id: shown.id,
    rawId: toText(shown.rawId),
    clientExtensionResults: shown.getClientExtensionResults(),
    response: {
      clientDataJSON: toText(answer.clientDataJSON),
      authenticatorData: toText(answer.authenticatorData),
      signature: toText(answer.signature),
      userHandle: answer.userHandle ? toText(answer.userHandle) : null,
    },
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const work = form.dataset.passkey === "create" ? make : read;
  const options = JSON.parse(document.getElementById(form.dataset.options).textContent);
  const failed = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await work(options));
      form.submit();
    } catch (error) {
      failed.hidden = false;
    }
  });
}
