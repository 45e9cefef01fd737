// What the page says, in each language. A sentence that is not in a language is said in English.

const TABLE = {
  skip: ["Skip to the content", "Zum Inhalt", "Ir al contenido", "Aller au contenu"],
  sections: ["Sections", "Bereiche", "Secciones", "Rubriques"],
  language: ["Language", "Sprache", "Idioma", "Langue"],
  signIn: ["Sign in", "Anmelden", "Iniciar sesión", "Se connecter"],
  signInHow: [
    "Use the credentials of an app of this server. You can paste all three at once, as “voiceroll apps add --json” printed them.",
    "Verwenden Sie die Zugangsdaten einer App dieses Servers. Sie können alle drei auf einmal einfügen, so wie „voiceroll apps add --json“ sie ausgegeben hat.",
    "Use las credenciales de una aplicación de este servidor. Puede pegar las tres a la vez, tal como las mostró «voiceroll apps add --json».",
    "Utilisez les identifiants d’une application de ce serveur. Vous pouvez coller les trois à la fois, tels que « voiceroll apps add --json » les a affichés.",
  ],
  clientId: ["Client ID", "Client-ID", "ID de cliente", "Identifiant client"],
  clientSecret: ["Client secret", "Client-Secret", "Secreto de cliente", "Secret client"],
  jwt: ["JWT", "JWT", "JWT", "JWT"],
  signOut: ["Sign out", "Abmelden", "Cerrar sesión", "Se déconnecter"],
  roll: ["Speakers", "Sprecher", "Hablantes", "Locuteurs"],
  enroll: ["Enroll", "Registrieren", "Registrar", "Inscrire"],
  verify: ["Verify", "Prüfen", "Verificar", "Vérifier"],
  talk: ["Who spoke when", "Wer sprach wann", "Quién habló y cuándo", "Qui a parlé quand"],
  search: ["Find an id by how it starts", "Eine Kennung an ihrem Anfang finden", "Buscar un identificador por su comienzo", "Trouver un identifiant par son début"],
  enrollSomebody: ["Enroll a speaker", "Sprecher registrieren", "Registrar un hablante", "Inscrire un locuteur"],
  id: ["Speaker id", "Sprecherkennung", "Identificador", "Identifiant"],
  idHelp: [
    "Letters, digits and underscores. Do not use a name.",
    "Buchstaben, Ziffern und Unterstriche. Verwenden Sie keinen Namen.",
    "Letras, cifras y guiones bajos. No use un nombre.",
    "Lettres, chiffres et tirets bas. N’utilisez pas de nom.",
  ],
  state: ["State", "Zustand", "Estado", "État"],
  complete: ["complete", "vollständig", "completo", "complet"],
  missing: ["{0} s of speech missing", "{0} s Sprache fehlen", "faltan {0} s de voz", "il manque {0} s de parole"],
  quality: ["Quality", "Qualität", "Calidad", "Qualité"],
  Poor: ["poor", "schwach", "baja", "faible"],
  Average: ["average", "mittel", "media", "moyenne"],
  Good: ["good", "gut", "buena", "bonne"],
  High: ["high", "hoch", "alta", "élevée"],
  speech: ["Speech", "Sprache", "Voz", "Parole"],
  seconds: ["{0} s", "{0} s", "{0} s", "{0} s"],
  problems: ["Problems", "Probleme", "Problemas", "Problèmes"],
  none: ["none", "keine", "ninguno", "aucun"],
  nobody: ["No speaker is enrolled yet.", "Noch ist niemand registriert.", "Aún no hay nadie registrado.", "Personne n’est encore inscrit."],
  notFound: ["No id starts like this.", "Keine Kennung beginnt so.", "Ningún identificador empieza así.", "Aucun identifiant ne commence ainsi."],
  shown: ["{0} of {1} speakers", "{0} von {1} Sprechern", "{0} de {1} hablantes", "{0} locuteurs sur {1}"],
  found: ["{0} found", "{0} gefunden", "{0} encontrados", "{0} trouvés"],
  certainty: ["Confidence", "Sicherheit", "Confianza", "Confiance"],
  more: ["Show more", "Mehr anzeigen", "Mostrar más", "Afficher plus"],
  consent: ["Consent", "Einwilligung", "Consentimiento", "Consentement"],
  consentText: [
    "My voice is recorded and turned into a voiceprint, which is biometric data. It is used to recognise me in recordings. I can withdraw this consent at any time; the voiceprint is then deleted.",
    "Meine Stimme wird aufgenommen und in einen Stimmabdruck umgewandelt, der ein biometrisches Datum ist. Er dient dazu, mich in Aufnahmen zu erkennen. Ich kann diese Einwilligung jederzeit widerrufen; der Stimmabdruck wird dann gelöscht.",
    "Mi voz se graba y se convierte en una huella de voz, que es un dato biométrico. Se usa para reconocerme en grabaciones. Puedo retirar este consentimiento en cualquier momento; entonces se borra la huella de voz.",
    "Ma voix est enregistrée et transformée en empreinte vocale, qui est une donnée biométrique. Elle sert à me reconnaître dans des enregistrements. Je peux retirer ce consentement à tout moment ; l’empreinte est alors effacée.",
  ],
  consentTick: ["The person who speaks has read this and agrees.", "Die sprechende Person hat dies gelesen und willigt ein.", "La persona que habla lo ha leído y está de acuerdo.", "La personne qui parle l’a lu et l’accepte."],
  reference: ["Reference in your records (default: the id)", "Verweis auf Ihre Unterlagen (sonst die Kennung)", "Referencia en sus registros (si no, el identificador)", "Référence dans vos dossiers (sinon l’identifiant)"],
  record: ["Record", "Aufnehmen", "Grabar", "Enregistrer"],
  done: ["Done", "Fertig", "Listo", "Terminé"],
  again: ["Another take", "Noch einmal", "Otra toma", "Nouvelle prise"],
  cancel: ["Cancel", "Abbrechen", "Cancelar", "Annuler"],
  ofSpeech: ["of speech", "Sprache", "de voz", "de parole"],
  level: ["Level", "Pegel", "Nivel", "Niveau"],
  files: ["Or choose recordings, or drop them here", "Oder Aufnahmen wählen oder hierher ziehen", "O elija grabaciones, o suéltelas aquí", "Ou choisissez des enregistrements, ou déposez-les ici"],
  file: ["Choose a recording, or drop it here", "Eine Aufnahme wählen oder hierher ziehen", "Elija una grabación, o suéltela aquí", "Choisissez un enregistrement, ou déposez-le ici"],
  speakNow: ["Speak freely. The ring fills while you speak.", "Sprechen Sie frei. Der Ring füllt sich, während Sie sprechen.", "Hable con libertad. El anillo se llena mientras habla.", "Parlez librement. L’anneau se remplit pendant que vous parlez."],
  enough: ["That is enough speech. You can stop now.", "Das ist genug Sprache. Sie können aufhören.", "Ya hay voz suficiente. Puede parar.", "Il y a assez de parole. Vous pouvez arrêter."],
  noLive: ["The connection was lost. The recording goes on, and is sent when you are done.", "Die Verbindung ist abgebrochen. Die Aufnahme läuft weiter und wird am Ende gesendet.", "Se perdió la conexión. La grabación sigue y se envía al terminar.", "La connexion est coupée. L’enregistrement continue et sera envoyé à la fin."],
  sending: ["Working …", "In Arbeit …", "En curso …", "En cours …"],
  sendAgain: ["Send again", "Noch einmal senden", "Enviar otra vez", "Renvoyer"],
  enrolledNow: ["{0} is enrolled: {1} s of speech, quality {2}.", "{0} ist registriert: {1} s Sprache, Qualität {2}.", "{0} está registrado: {1} s de voz, calidad {2}.", "{0} est inscrit : {1} s de parole, qualité {2}."],
  enrolledPart: ["{0} has {1} s of speech. {2} s are missing: record more.", "{0} hat {1} s Sprache. Es fehlen {2} s: nehmen Sie mehr auf.", "{0} tiene {1} s de voz. Faltan {2} s: grabe más.", "{0} a {1} s de parole. Il manque {2} s : enregistrez encore."],
  needConsent: ["Tick the consent first.", "Bestätigen Sie zuerst die Einwilligung.", "Marque primero el consentimiento.", "Cochez d’abord le consentement."],
  needId: ["Enter a valid speaker id first.", "Geben Sie zuerst eine gültige Sprecherkennung ein.", "Introduzca primero un identificador válido.", "Saisissez d’abord un identifiant valide."],
  noMicrophone: ["The microphone cannot be used: allow it in the browser, or choose a recording.", "Das Mikrofon ist nicht verfügbar: Erlauben Sie es im Browser oder wählen Sie eine Aufnahme.", "No se puede usar el micrófono: permítalo en el navegador o elija una grabación.", "Le microphone est inutilisable : autorisez-le dans le navigateur ou choisissez un enregistrement."],
  needHttps: ["Browsers give the microphone only to pages over https or on this computer. Choose a recording instead.", "Browser geben das Mikrofon nur an Seiten über https oder auf diesem Rechner. Wählen Sie stattdessen eine Aufnahme.", "Los navegadores dan el micrófono solo a páginas con https o en este equipo. Elija una grabación.", "Les navigateurs ne donnent le microphone qu’aux pages en https ou sur cet ordinateur. Choisissez un enregistrement."],
  verifyHow: ["Is this the voice of an enrolled speaker?", "Ist dies die Stimme eines registrierten Sprechers?", "¿Es esta la voz de un hablante registrado?", "Est-ce la voix d’un locuteur inscrit ?"],
  match: ["Match: this is {0}.", "Treffer: Das ist {0}.", "Coincide: es {0}.", "Correspondance : c’est {0}."],
  no_match: ["No match: this is not {0}.", "Kein Treffer: Das ist nicht {0}.", "No coincide: no es {0}.", "Pas de correspondance : ce n’est pas {0}."],
  undecided: ["Undecided: record more speech.", "Unentschieden: Nehmen Sie mehr Sprache auf.", "Sin decidir: grabe más voz.", "Indécis : enregistrez plus de parole."],
  confidence: ["confidence {0} %", "Sicherheit {0} %", "confianza {0} %", "confiance {0} %"],
  talkHow: ["Choose a recording of a conversation.", "Wählen Sie die Aufnahme eines Gesprächs.", "Elija la grabación de una conversación.", "Choisissez l’enregistrement d’une conversation."],
  names: ["What to find", "Was gesucht wird", "Qué buscar", "Que chercher"],
  nameEnrolled: ["Name enrolled speakers", "Registrierte Sprecher benennen", "Nombrar a los hablantes registrados", "Nommer les locuteurs inscrits"],
  tellApart: ["Only tell speakers apart", "Sprecher nur unterscheiden", "Solo distinguir a los hablantes", "Seulement distinguer les locuteurs"],
  unknown: ["not enrolled", "nicht registriert", "no registrado", "non inscrit"],
  speakers: ["{0} speakers, {1}", "{0} Sprecher, {1}", "{0} hablantes, {1}", "{0} locuteurs, {1}"],
  noSpeech: ["Nobody speaks in this recording.", "In dieser Aufnahme spricht niemand.", "Nadie habla en esta grabación.", "Personne ne parle dans cet enregistrement."],
  zoomIn: ["Zoom in", "Vergrößern", "Acercar", "Agrandir"],
  zoomOut: ["Zoom out", "Verkleinern", "Alejar", "Réduire"],
  play: ["Play", "Abspielen", "Reproducir", "Lire"],
  from: ["From", "Von", "Desde", "De"],
  to: ["To", "Bis", "Hasta", "À"],
  speaker: ["Speaker", "Sprecher", "Hablante", "Locuteur"],
  timelineLabel: ["Timeline of the speakers; the table below says the same", "Zeitleiste der Sprecher; die Tabelle darunter sagt dasselbe", "Línea de tiempo de los hablantes; la tabla de abajo dice lo mismo", "Chronologie des locuteurs ; le tableau ci-dessous dit la même chose"],
  samples: ["Recordings", "Aufnahmen", "Grabaciones", "Enregistrements"],
  addSpeech: ["Add speech", "Sprache hinzufügen", "Añadir voz", "Ajouter de la parole"],
  remove: ["Delete", "Löschen", "Borrar", "Supprimer"],
  close: ["Close", "Schließen", "Cerrar", "Fermer"],
  expires: ["Kept until", "Aufbewahrt bis", "Se conserva hasta", "Conservé jusqu’au"],
  consents: ["Consents", "Einwilligungen", "Consentimientos", "Consentements"],
  deleteTitle: ["Delete this speaker?", "Diesen Sprecher löschen?", "¿Borrar este hablante?", "Supprimer ce locuteur ?"],
  deleteText: ["{0} and all voiceprints are erased at once. This cannot be undone.", "{0} und alle Stimmabdrücke werden sofort gelöscht. Das lässt sich nicht rückgängig machen.", "{0} y todas sus huellas de voz se borran en el acto. No se puede deshacer.", "{0} et toutes ses empreintes vocales sont effacés aussitôt. C’est irréversible."],
  keep: ["Keep", "Behalten", "Conservar", "Garder"],
  deleteNow: ["Delete for good", "Endgültig löschen", "Borrar definitivamente", "Supprimer définitivement"],
  deleted: ["{0} was deleted.", "{0} wurde gelöscht.", "{0} se ha borrado.", "{0} a été supprimé."],
  offline: ["The server cannot be reached. Check the connection and try again.", "Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.", "No se puede conectar con el servidor. Compruebe la conexión e inténtelo de nuevo.", "Le serveur est injoignable. Vérifiez la connexion et réessayez."],
  signedOut: ["The session has ended. Sign in again.", "Die Sitzung ist beendet. Melden Sie sich neu an.", "La sesión ha terminado. Inicie sesión de nuevo.", "La session est terminée. Reconnectez-vous."],
  p_no_speech: ["No speech was heard. Speak closer to the microphone.", "Keine Sprache gehört. Sprechen Sie näher am Mikrofon.", "No se oyó voz. Hable más cerca del micrófono.", "Aucune parole entendue. Parlez plus près du micro."],
  p_too_short: ["Keep speaking: 12 to 30 s of speech are best.", "Sprechen Sie weiter: 12 bis 30 s Sprache sind am besten.", "Siga hablando: lo mejor son 12 a 30 s de voz.", "Continuez : 12 à 30 s de parole sont idéales."],
  p_too_long: ["This is more than is needed.", "Das ist mehr, als nötig ist.", "Es más de lo necesario.", "C’est plus que nécessaire."],
  p_too_large: ["The recording is too large. Send a shorter one.", "Die Aufnahme ist zu groß. Senden Sie eine kürzere.", "La grabación es demasiado grande. Envíe una más corta.", "L’enregistrement est trop gros. Envoyez-en un plus court."],
  p_mostly_silence: ["There are long pauses. Speak without them.", "Es gibt lange Pausen. Sprechen Sie ohne sie.", "Hay pausas largas. Hable sin ellas.", "Il y a de longues pauses. Parlez sans elles."],
  p_noisy: ["It is noisy. Go to a quieter place.", "Es ist laut. Gehen Sie an einen ruhigeren Ort.", "Hay ruido. Vaya a un lugar más tranquilo.", "Il y a du bruit. Allez dans un endroit plus calme."],
  p_clipped: ["Too loud: the sound is distorted. Move back or lower the input level.", "Zu laut: Der Ton ist verzerrt. Gehen Sie weiter weg oder senken Sie den Pegel.", "Demasiado fuerte: el sonido se distorsiona. Aléjese o baje el nivel.", "Trop fort : le son est déformé. Reculez ou baissez le niveau."],
  p_too_quiet: ["Too quiet. Move closer or raise the input level.", "Zu leise. Kommen Sie näher oder erhöhen Sie den Pegel.", "Demasiado bajo. Acérquese o suba el nivel.", "Trop faible. Approchez-vous ou montez le niveau."],
  p_narrow_band: ["This is telephone sound. Recognition is less certain with it.", "Das ist Telefonklang. Damit ist die Erkennung weniger sicher.", "Es sonido de teléfono. Con él se reconoce con menos certeza.", "C’est un son de téléphone. La reconnaissance est moins sûre."],
  p_second_voice: ["More than one person speaks. One person alone must speak.", "Es spricht mehr als eine Person. Nur eine darf sprechen.", "Habla más de una persona. Debe hablar una sola.", "Plus d’une personne parle. Une seule doit parler."],
  p_different_voice: ["This is another voice than the one enrolled under this id.", "Das ist eine andere Stimme als die unter dieser Kennung registrierte.", "Es otra voz que la registrada con este identificador.", "C’est une autre voix que celle inscrite sous cet identifiant."],
  p_duplicate_voice: ["This voice is already enrolled under another id.", "Diese Stimme ist schon unter einer anderen Kennung registriert.", "Esta voz ya está registrada con otro identificador.", "Cette voix est déjà inscrite sous un autre identifiant."],
  p_repeated: ["This speech was enrolled before, so it adds nothing. Record something new.", "Diese Sprache war schon registriert und zählt nicht noch einmal. Nehmen Sie Neues auf.", "Esta voz ya estaba registrada y no suma. Grabe algo nuevo.", "Cette parole était déjà inscrite et n’ajoute rien. Enregistrez autre chose."],
  p_damaged: ["Parts of the recording are damaged.", "Teile der Aufnahme sind beschädigt.", "Partes de la grabación están dañadas.", "Des parties de l’enregistrement sont abîmées."],
};

const LANGUAGES = ["en", "de", "es", "fr"];
let column = 0;

/** Takes a language of those, or the closest one, and returns which. */
export function speak(language) {
  const wanted = String(language).slice(0, 2);
  column = Math.max(0, LANGUAGES.indexOf(wanted));
  return LANGUAGES[column];
}

/** The sentence, with what stands in it. */
export function t(name, ...values) {
  const row = TABLE[name];
  if (!row) return name;
  return (row[column] || row[0]).replace(/\{(\d)\}/g, (_, at) => values[at]);
}

/** What to do about a problem: the server's own advice where this page has none. */
export function advice(problem) {
  const row = TABLE[`p_${problem.code}`];
  return row ? row[column] || row[0] : problem.advice;
}

/** The problems to show. That a file has another format than declared is not shown: the page declared it, by the file name. */
export const concerning = (problems) => (problems || []).filter((problem) => problem.code !== "encoding_mismatch");

/** A number as people of the language write it. */
export function number(value, digits = 1) {
  return value.toLocaleString(LANGUAGES[column], { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Says all that the elements below `root` want said. */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
}
