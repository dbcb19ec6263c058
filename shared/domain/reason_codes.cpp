#include "shared/domain/reason_codes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace portico {

namespace {

constexpr std::array carc{
    ReasonMeaning{"1", "This part counts toward your deductible. You pay it.",
                  "Esta parte cuenta para su deducible. Usted la paga.",
                  "هذا الجزء يُحتسب من المبلغ المستقطع. أنت من يدفعه."},
    ReasonMeaning{"2", "This part is your coinsurance, your share in percent.",
                  "Esta parte es su coseguro, su porcentaje del costo.",
                  "هذا الجزء هو تأمينك المشترك، أي نصيبك كنسبة مئوية."},
    ReasonMeaning{"3", "This part is your copay, the set price you pay.",
                  "Esta parte es su copago, el precio fijo que usted paga.",
                  "هذا الجزء هو دفعك المشترك، أي المبلغ الثابت المطلوب منك."},
    ReasonMeaning{"4", "A code on the bill does not fit the service. The provider can fix it.",
                  "Un código de la factura no corresponde al servicio. El proveedor puede corregirlo.",
                  "أحد رموز الفاتورة لا يناسب الخدمة. يستطيع مقدم الخدمة تصحيحه."},
    ReasonMeaning{"5", "The service does not fit the place where it was given.",
                  "El servicio no corresponde al lugar donde se dio.",
                  "الخدمة لا تناسب المكان الذي قُدمت فيه."},
    ReasonMeaning{"6", "The service does not fit the patient's age.",
                  "El servicio no corresponde a la edad del paciente.", "الخدمة لا تناسب عمر المريض."},
    ReasonMeaning{"11", "The diagnosis does not fit the service.",
                  "El diagnóstico no corresponde al servicio.", "التشخيص لا يناسب الخدمة."},
    ReasonMeaning{"15", "The approval number is missing or does not fit the service.",
                  "Falta el número de aprobación o no corresponde al servicio.",
                  "رقم الموافقة غير مذكور أو لا يناسب الخدمة."},
    ReasonMeaning{"16", "The bill is missing facts we need. The provider can send them.",
                  "A la factura le faltan datos que necesitamos. El proveedor puede enviarlos.",
                  "تنقص الفاتورة بيانات نحتاج إليها. يستطيع مقدم الخدمة إرسالها."},
    ReasonMeaning{"18", "This is the same bill as one we already have.",
                  "Esta factura es igual a otra que ya tenemos.",
                  "هذه الفاتورة هي نفسها فاتورة لدينا من قبل."},
    ReasonMeaning{"19", "This looks like a work injury. Workers' compensation should pay first.",
                  "Parece un accidente de trabajo. El seguro laboral debe pagar primero.",
                  "يبدو أن هذه إصابة عمل. يجب أن يدفع تأمين إصابات العمل أولًا."},
    ReasonMeaning{"20", "Another liability insurer may have to pay this.",
                  "Puede que otro seguro de responsabilidad deba pagar esto.",
                  "قد يكون على تأمين مسؤولية آخر أن يدفع هذا."},
    ReasonMeaning{"21", "Car insurance should pay first.", "El seguro del auto debe pagar primero.",
                  "يجب أن يدفع تأمين السيارة أولًا."},
    ReasonMeaning{"22", "Another health plan pays first, or paid a part.",
                  "Otro plan de salud paga primero, o pagó una parte.",
                  "تدفع خطة صحية أخرى أولًا، أو دفعت جزءًا."},
    ReasonMeaning{"23", "This is what another plan paid or took off.",
                  "Esto es lo que otro plan pagó o descontó.", "هذا ما دفعته خطة أخرى أو خصمته."},
    ReasonMeaning{"24", "This is covered by a set payment to your provider.",
                  "Esto lo cubre un pago fijo a su proveedor.", "هذا مشمول بمبلغ ثابت يُدفع لمقدم الخدمة."},
    ReasonMeaning{"26", "The service was before your coverage began.",
                  "El servicio fue antes de que empezara su cobertura.", "كانت الخدمة قبل بدء تغطيتك."},
    ReasonMeaning{"27", "The service was after your coverage ended.",
                  "El servicio fue después de que terminó su cobertura.", "كانت الخدمة بعد انتهاء تغطيتك."},
    ReasonMeaning{"29", "The provider sent the bill too late. You do not owe this.",
                  "El proveedor envió la factura demasiado tarde. Usted no debe esto.",
                  "أرسل مقدم الخدمة الفاتورة متأخرًا جدًا. لا يترتب عليك هذا."},
    ReasonMeaning{"31", "We could not match the patient to a member.",
                  "No pudimos identificar al paciente como miembro.",
                  "لم نتمكن من مطابقة المريض مع أحد الأعضاء."},
    ReasonMeaning{"35", "A lifetime limit of your plan was reached.",
                  "Se llegó a un límite de por vida de su plan.", "بلغت حدًا من حدود خطتك مدى الحياة."},
    ReasonMeaning{"39", "Approval was asked for before the service and was not given.",
                  "Se pidió aprobación antes del servicio y no se dio.",
                  "طُلبت الموافقة قبل الخدمة ولم تُمنح."},
    ReasonMeaning{"45", "This is the discount between the charge and the plan's price.",
                  "Es el descuento entre el cobro y el precio del plan.",
                  "هذا هو الفرق المخفض بين المبلغ المطلوب وسعر الخطة."},
    ReasonMeaning{"49", "Routine checks like this one are not covered.",
                  "Los exámenes de rutina como este no están cubiertos.",
                  "الفحوص الروتينية مثل هذا غير مغطاة."},
    ReasonMeaning{"50", "The plan did not find this care medically needed. You can appeal.",
                  "El plan no consideró necesaria esta atención médica. Usted puede apelar.",
                  "لم تجد الخطة هذه الرعاية ضرورية طبيًا. يحق لك الاستئناف."},
    ReasonMeaning{"55", "The plan counts this care as still being tested.",
                  "El plan considera que esta atención aún está en prueba.",
                  "تعدّ الخطة هذه الرعاية ما زالت قيد التجربة."},
    ReasonMeaning{"59", "This was priced together with another service of the same visit.",
                  "El precio se calculó junto con otro servicio de la misma visita.",
                  "حُسب سعر هذه الخدمة مع خدمة أخرى في الزيارة نفسها."},
    ReasonMeaning{"66", "This is the blood deductible.", "Es el deducible por sangre.",
                  "هذا هو المبلغ المستقطع للدم."},
    ReasonMeaning{"96", "Your plan does not cover this service.", "Su plan no cubre este servicio.",
                  "لا تغطي خطتك هذه الخدمة."},
    ReasonMeaning{"97", "This is part of another service that was already paid.",
                  "Esto es parte de otro servicio que ya se pagó.", "هذا جزء من خدمة أخرى دُفعت من قبل."},
    ReasonMeaning{"100", "The payment went to you.", "El pago se le hizo a usted.", "دُفع المبلغ لك."},
    ReasonMeaning{"109", "This plan is not the one to bill. The provider can send it to the right one.",
                  "La factura no es para este plan. El proveedor puede enviarla al correcto.",
                  "ليست هذه الخطة هي المعنية بالفاتورة. يستطيع مقدم الخدمة إرسالها إلى الخطة الصحيحة."},
    ReasonMeaning{"119", "You reached the most your plan pays for this in the period.",
                  "Llegó al máximo que su plan paga por esto en el período.",
                  "بلغت أقصى ما تدفعه خطتك عن هذا في هذه الفترة."},
    ReasonMeaning{"125", "The bill had a mistake. The provider can fix it.",
                  "La factura tenía un error. El proveedor puede corregirlo.",
                  "في الفاتورة خطأ. يستطيع مقدم الخدمة تصحيحه."},
    ReasonMeaning{"129", "The other plan's payment facts do not match.",
                  "Los datos del pago del otro plan no coinciden.",
                  "بيانات الدفع من الخطة الأخرى غير متطابقة."},
    ReasonMeaning{"131", "A price was agreed for this claim.", "Se acordó un precio para esta reclamación.",
                  "اتُّفق على سعر لهذه المطالبة."},
    ReasonMeaning{"136", "The other plan's rules were not followed.",
                  "No se siguieron las reglas del otro plan.", "لم تُتبع قواعد الخطة الأخرى."},
    ReasonMeaning{"140", "The member number and the name do not match.",
                  "El número de miembro y el nombre no coinciden.", "رقم العضوية والاسم غير متطابقين."},
    ReasonMeaning{"151", "The bill does not show why this many were needed.",
                  "La factura no muestra por qué se necesitaron tantos.",
                  "لا تبيّن الفاتورة سبب الحاجة إلى هذا العدد."},
    ReasonMeaning{"167", "This diagnosis is not covered.", "Este diagnóstico no está cubierto.",
                  "هذا التشخيص غير مغطى."},
    ReasonMeaning{"170", "Care from this kind of provider is not covered.",
                  "La atención de este tipo de proveedor no está cubierta.",
                  "الرعاية من هذا النوع من مقدمي الخدمات غير مغطاة."},
    ReasonMeaning{"197", "The service needed approval first and had none.",
                  "El servicio necesitaba aprobación previa y no la tenía.",
                  "كانت الخدمة تتطلب موافقة مسبقة ولم تُطلب."},
    ReasonMeaning{"198", "The approval was for less than what was done.",
                  "La aprobación era para menos de lo que se hizo.", "كانت الموافقة على أقل مما قُدم."},
    ReasonMeaning{"204", "This service is not in your plan's benefits.",
                  "Este servicio no está en los beneficios de su plan.", "هذه الخدمة ليست من مزايا خطتك."},
    ReasonMeaning{"223", "A law or rule changed what is paid.", "Una ley o regla cambió lo que se paga.",
                  "غيّر قانون أو قاعدة ما يُدفع."},
    ReasonMeaning{"226", "We asked the provider for facts and did not get enough.",
                  "Pedimos datos al proveedor y no recibimos suficientes.",
                  "طلبنا بيانات من مقدم الخدمة ولم يصلنا ما يكفي."},
    ReasonMeaning{"227", "We asked you for facts and did not get enough. Call us.",
                  "Le pedimos datos y no recibimos suficientes. Llámenos.",
                  "طلبنا بيانات منك ولم يصلنا ما يكفي. يرجى الاتصال بنا."},
    ReasonMeaning{"231", "Two services that exclude each other were billed for one day.",
                  "Se cobraron el mismo día dos servicios que se excluyen.",
                  "طُلب أجر خدمتين في يوم واحد تستبعد إحداهما الأخرى."},
    ReasonMeaning{"234", "This service is not paid on its own.", "Este servicio no se paga por separado.",
                  "لا تُدفع هذه الخدمة وحدها."},
    ReasonMeaning{"236", "These two services are not paid together.",
                  "Estos dos servicios no se pagan juntos.", "لا تُدفع هاتان الخدمتان معًا."},
    ReasonMeaning{"242",
                  "The provider is not in your plan's network. You pay the part above the plan's price.",
                  "El proveedor no está en la red de su plan. Usted paga lo que pasa del precio del plan.",
                  "مقدم الخدمة ليس ضمن شبكة خطتك. يترتب عليك ما يزيد على سعر الخطة."},
    ReasonMeaning{"243", "Your main doctor or plan did not approve this first.",
                  "Su médico principal o su plan no lo aprobó antes.",
                  "لم يوافق طبيبك الأساسي أو خطتك على هذا مسبقًا."},
    ReasonMeaning{"252", "We need a paper from the provider to decide.",
                  "Necesitamos un documento del proveedor para decidir.",
                  "نحتاج إلى مستند من مقدم الخدمة لنقرر."},
    ReasonMeaning{"253", "Federal law takes a small part off the plan's payment. You do not pay more.",
                  "La ley federal quita una pequeña parte del pago del plan. Usted no paga más.",
                  "يقتطع القانون الاتحادي جزءًا صغيرًا من دفعة الخطة. لا يُطلب منك أكثر."},
    ReasonMeaning{"B7", "The provider was not approved for this service on that day.",
                  "El proveedor no estaba autorizado para este servicio ese día.",
                  "لم يكن مقدم الخدمة معتمدًا لهذه الخدمة في ذلك اليوم."},
    ReasonMeaning{"B13", "This was paid before.", "Esto ya se pagó antes.", "دُفع هذا من قبل."},
    ReasonMeaning{"B20", "Another provider did a part or all of this service.",
                  "Otro proveedor hizo parte o todo este servicio.",
                  "قدّم مقدم خدمة آخر جزءًا من هذه الخدمة أو كلها."},
};

/// Where the group says that the patient is responsible ("PR-45"), these mean something else. Source: X12
/// 835, CAS01 (claim adjustment group code).
constexpr std::array carc_of_patient{
    ReasonMeaning{"29", "The provider sent the bill too late. Ask us before you pay this part.",
                  "El proveedor envió la factura demasiado tarde. Pregúntenos antes de pagar esta parte.",
                  "أرسل مقدم الخدمة الفاتورة متأخرًا جدًا. يرجى سؤالنا قبل دفع هذا الجزء."},
    ReasonMeaning{"45", "The charge is above the plan's price. The provider may bill you for this part.",
                  "El cobro pasa del precio del plan. El proveedor puede cobrarle esta parte.",
                  "المبلغ المطلوب أعلى من سعر الخطة. قد يطالبك مقدم الخدمة بهذا الجزء."},
};

constexpr std::array rarc{
    ReasonMeaning{"M15", "These services belong together and are paid as one.",
                  "Estos servicios van juntos y se pagan como uno.",
                  "هذه الخدمات مرتبطة معًا وتُدفع كخدمة واحدة."},
    ReasonMeaning{"M76", "The diagnosis is missing or cannot be read.",
                  "Falta el diagnóstico o no se puede leer.", "التشخيص غير مذكور أو لا يمكن قراءته."},
    ReasonMeaning{"MA01", "You or the provider can appeal this decision.",
                  "Usted o el proveedor pueden apelar esta decisión.",
                  "يحق لك أو لمقدم الخدمة استئناف هذا القرار."},
    ReasonMeaning{"MA130", "The bill has mistakes and must be sent again.",
                  "La factura tiene errores y debe enviarse de nuevo.",
                  "في الفاتورة أخطاء ويجب إرسالها من جديد."},
    ReasonMeaning{"N30", "The patient does not fit the rules for this service.",
                  "El paciente no cumple las reglas para este servicio.",
                  "لا تنطبق على المريض شروط هذه الخدمة."},
    ReasonMeaning{"N130", "Your plan's booklet says what is covered and what is not.",
                  "El folleto de su plan dice qué está cubierto y qué no.",
                  "يبيّن كتيّب خطتك ما هو مغطى وما ليس مغطى."},
    ReasonMeaning{"N362", "More days or units were billed than the plan allows.",
                  "Se cobraron más días o unidades de lo que el plan permite.",
                  "طُلب أجر أيام أو وحدات أكثر مما تسمح به الخطة."},
    ReasonMeaning{"N522", "This is a copy of a claim that is decided or being decided.",
                  "Es copia de una reclamación ya decidida o en proceso.",
                  "هذه نسخة من مطالبة تم البت فيها أو ما زالت قيد البت."},
};

bool contains(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// The code without the group in front of it: "CO-45" and "PR45" are 45 to a member.
std::string_view without_group(std::string_view code) {
    for (auto const group : {"CO", "PR", "OA", "PI", "CR"})
        if (code.size() > 2 && code.substr(0, 2) == group) {
            code.remove_prefix(2);
            if (!code.empty() && code.front() == '-')
                code.remove_prefix(1);
            return code;
        }
    return code;
}

template <class List>
std::optional<ReasonMeaning> find_in(List const& list, std::string_view code) {
    auto const at =
        std::find_if(list.begin(), list.end(), [&](ReasonMeaning const& each) { return each.code == code; });
    return at == list.end() ? std::nullopt : std::optional(*at);
}

} // namespace

bool says_why(Code const& code) {
    return !code.empty() && !contains(code.system, "C4BBPayerAdjudicationStatus");
}

std::optional<ReasonMeaning> reason_meaning(Code const& code) {
    auto const system = lower(code.system);
    if (contains(system, "adjustment-reason") || contains(system, "adjustmentreason") ||
        contains(system, "carc")) {
        auto const number = without_group(code.code);
        if (code.code.starts_with("PR"))
            if (auto const of_patient = find_in(carc_of_patient, number))
                return of_patient;
        return find_in(carc, number);
    }
    if (contains(system, "remittance-advice-remark") || contains(system, "remittanceadviceremark") ||
        contains(system, "rarc"))
        return find_in(rarc, code.code);
    return std::nullopt;
}

std::size_t reason_meaning_count() {
    return carc.size() + rarc.size();
}

ReasonMeaning const& reason_meaning_at(std::size_t index) {
    return index < carc.size() ? carc[index] : rarc.at(index - carc.size());
}

} // namespace portico
