#!/usr/bin/env python3
"""What an import of FHIR files must come to, worked out apart from the product: plain Python, json and decimal.

    fhir_truth.py FOLDER... members            one JSON object a line for every patient with EOBs or a Patient
    fhir_truth.py FOLDER... member ID          that one
    fhir_truth.py FOLDER... counts             resources by type, EOBs, amounts
    fhir_truth.py FOLDER... directory SPECIALTY ZIP
    fhir_truth.py FOLDER... formulary PLAN

Of resources with one id the later meta.lastUpdated stands; with none or the same, the one read last (files in
the order of their names).
"""
import datetime
import decimal
import gzip
import json
import os
import re
import sys

decimal.getcontext().prec = 60
HL7 = "http://terminology.hl7.org/CodeSystem/adjudication"
C4BB = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
HL7_CODES = {"benefit", "copay", "deductible", "eligible", "submitted", "tax", "unallocdeduct"}
C4BB_CODES = {"coinsurance", "discount", "drugcost", "memberliability", "noncovered", "paidbypatient",
              "paidbypatientcash", "paidbypatientother", "paidbypatienthealthaccount", "paidtopatient",
              "paidtoprovider", "priorpayerpaid"}
SYNTHEA = {"line_sbmtd_chrg_amt": "submitted", "line_alowd_chrg_amt": "eligible",
           "line_bene_ptb_ddctbl_amt": "deductible", "line_coinsrnc_amt": "coinsurance",
           "line_prvdr_pmt_amt": "paidtoprovider"}


def files(folders):
    found = []
    for folder in folders:
        inside = []
        if os.path.isfile(folder):
            inside.append(folder)
        for root, _, names in os.walk(folder):
            for name in names:
                if re.search(r"\.(json|ndjson|jsonl)(\.gz)?$", name):
                    inside.append(os.path.join(root, name))
        found += sorted(inside, key=lambda path: path.split("/"))
    return found


def resources(folders):
    for path in files(folders):
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8-sig") as stream:
            text = stream.read()
        parse = lambda part: json.loads(part, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
        if re.search(r"\.(ndjson|jsonl)(\.gz)?$", path):
            documents = [parse(line) for line in text.splitlines() if line.strip()]
        else:
            documents = [parse(text)]
        for document in documents:
            if document.get("resourceType") == "Bundle":
                for entry in document.get("entry", []):
                    if "resource" in entry:
                        yield entry["resource"]
            elif "resourceType" in document:
                yield document


def instant(resource):
    text = resource.get("meta", {}).get("lastUpdated", "")
    match = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$", text)
    if not match:
        return 0
    zone = "+00:00" if match[3] == "Z" else match[3]
    seconds = int(datetime.datetime.fromisoformat(match[1] + zone).timestamp())
    return seconds * 10**6 + int(((match[2] or "") + "000000")[:6])


def standing(folders):
    kept = {}
    for resource in resources(folders):
        if "id" not in resource:
            continue
        key = (resource["resourceType"], resource["id"])
        rank = instant(resource)
        if key not in kept or rank >= kept[key][0]:
            kept[key] = (rank, resource)
    return {key: resource for key, (_, resource) in kept.items()}


def reference_id(reference, kind):
    text = (reference or {}).get("reference", "")
    if text.startswith("urn:uuid:"):
        return text[9:]
    match = re.search(r"(?:^|/)" + kind + r"/([^/?#]+)(?:/_history/.*)?$", text)
    return match[1] if match else None


def category(concept):
    codings = concept.get("coding", [])
    for coding in codings:
        if coding.get("system") == HL7 and coding.get("code") in HL7_CODES:
            return coding["code"]
    for coding in codings:
        if coding.get("system") == C4BB and coding.get("code") in C4BB_CODES:
            return coding["code"]
    for coding in codings:
        variable = str(coding.get("code", "")).rsplit("/", 1)[-1]
        if variable in SYNTHEA:
            return SYNTHEA[variable]
    return "unmapped"


def cents(value):
    return int((value * 100).quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_EVEN))


def add(sums, entries):
    for entry in entries:
        amount = entry.get("amount", {})
        if "value" in amount and amount.get("currency", "USD") == "USD":
            name = category(entry.get("category", {}))
            sums[name] = sums.get(name, 0) + cents(amount["value"])


def kind(eob):
    for profile in eob.get("meta", {}).get("profile", []):
        match = re.search(r"ExplanationOfBenefit-(Inpatient|Outpatient|Professional|Pharmacy|Oral)", profile)
        if match:
            return match[1].lower()
    codes = [coding.get("code") for coding in eob.get("type", {}).get("coding", [])]
    for code in ("professional", "pharmacy", "oral", "vision"):
        if code in codes:
            return code
    if "institutional" not in codes:
        return "unknown"
    sub = [coding.get("code") for coding in eob.get("subType", {}).get("coding", [])]
    return next((code for code in ("inpatient", "outpatient") if code in sub), "institutional")


def members(kept):
    out = {}

    def entry(patient):
        return out.setdefault(patient, {"patient": patient, "coverages": [], "eob_count": 0, "eobs_by_type": {},
                                        "item_count": 0, "item_adjudication": {}, "total": {}})
    for (resource_type, resource_id), resource in kept.items():
        if resource_type == "Patient":
            entry(resource_id)
        elif resource_type == "Coverage":
            entry(reference_id(resource.get("beneficiary"), "Patient"))["coverages"].append(resource_id)
        elif resource_type == "ExplanationOfBenefit":
            member = entry(reference_id(resource.get("patient"), "Patient"))
            member["eob_count"] += 1
            name = kind(resource)
            member["eobs_by_type"][name] = member["eobs_by_type"].get(name, 0) + 1
            for item in resource.get("item", []):
                member["item_count"] += 1
                add(member["item_adjudication"], item.get("adjudication", []))
            add(member["total"], resource.get("total", []))
    for member in out.values():
        member["coverages"].sort()
    return out


def amounts(eob):
    entries = [entry for item in eob.get("item", []) for entry in item.get("adjudication", [])]
    entries += eob.get("adjudication", []) + eob.get("total", [])
    values = [entry["amount"]["value"] for entry in entries if "value" in entry.get("amount", {})]
    payment = eob.get("payment", {}).get("amount", {})
    return values + ([payment["value"]] if "value" in payment else [])


def counts(folders):
    by_type, eob_types, count, not_whole = {}, {}, 0, 0
    for resource in resources(folders):
        by_type[resource["resourceType"]] = by_type.get(resource["resourceType"], 0) + 1
        if resource["resourceType"] == "ExplanationOfBenefit":
            eob_types[kind(resource)] = eob_types.get(kind(resource), 0) + 1
            for value in amounts(resource):
                count += 1
                not_whole += value * 100 != (value * 100).to_integral_value()
    return {"resources": by_type, "eobs_by_type": eob_types, "amounts": count, "amounts_not_whole_cents": not_whole}


def directory(kept, specialty, zip5):
    listings, accepting, networks, people, organizations = 0, 0, {}, set(), set()

    def codes(resource):
        return [coding.get("code") for concept in resource.get("specialty", []) for coding in concept["coding"]]

    def npi(resource):
        return next((str(number["value"]) for number in resource.get("identifier", [])
                     if number.get("system") == "http://hl7.org/fhir/sid/us-npi"), None)
    for (resource_type, _), role in kept.items():
        if resource_type not in ("PractitionerRole", "OrganizationAffiliation") or role.get("active") is False:
            continue
        person = resource_type == "PractitionerRole"
        if specialty not in codes(role):
            continue
        for location in role.get("location", []):
            place = kept.get(("Location", reference_id(location, "Location")), {})
            if re.sub(r"\D", "", place.get("address", {}).get("postalCode", ""))[:5] != zip5:
                continue
            listings += 1
            if person:
                who = kept[("Practitioner", reference_id(role["practitioner"], "Practitioner"))]
                people.add(npi(who))
                named = [reference_id(extension["valueReference"], "Organization")
                         for extension in role.get("extension", [])
                         if extension["url"].endswith("network-reference")]
            else:
                who = kept[("Organization", reference_id(role["participatingOrganization"], "Organization"))]
                organizations.add(npi(who) or who["name"])
                named = [reference_id(network, "Organization") for network in role.get("network", [])]
            for network in named:
                networks[network] = networks.get(network, 0) + 1
    return {"listings": listings, "practitioners": len(people), "organizations": len(organizations),
            "listings_by_network": networks}


def formulary(kept, plan):
    def extension(resource, end):
        return next((each for each in resource.get("extension", []) if each["url"].endswith(end)), {})
    wanted = {plan}
    for coverage in kept.get(("InsurancePlan", plan), {}).get("coverage", []):
        linked = extension(coverage, "usdf-FormularyReference-extension").get("valueReference")
        if linked:
            wanted.add(reference_id(linked, "InsurancePlan"))
    out = {"item_count": 0, "items_by_tier": {}, "prior_authorization": 0, "step_therapy": 0, "quantity_limit": 0}
    for (resource_type, _), item in kept.items():
        if resource_type != "Basic":
            continue
        if reference_id(extension(item, "usdf-FormularyReference-extension").get("valueReference"),
                        "InsurancePlan") not in wanted:
            continue
        out["item_count"] += 1
        tier = extension(item, "usdf-DrugTierID-extension")["valueCodeableConcept"]["coding"][0]["code"]
        out["items_by_tier"][tier] = out["items_by_tier"].get(tier, 0) + 1
        for name, end in (("prior_authorization", "usdf-PriorAuthorization-extension"),
                          ("step_therapy", "usdf-StepTherapyLimit-extension"),
                          ("quantity_limit", "usdf-QuantityLimit-extension")):
            out[name] += extension(item, end).get("valueBoolean") is True
    return out


def main(arguments):
    at = next(i for i, word in enumerate(arguments)
              if word in ("members", "member", "counts", "directory", "formulary"))
    folders, question, rest = arguments[:at], arguments[at], arguments[at + 1:]
    if question == "counts":
        print(json.dumps(counts(folders), sort_keys=True))
        return
    kept = standing(folders)
    if question == "members":
        for _, member in sorted(members(kept).items()):
            print(json.dumps(member, sort_keys=True))
    elif question == "member":
        print(json.dumps(members(kept)[rest[0]], sort_keys=True))
    elif question == "directory":
        print(json.dumps(directory(kept, *rest), sort_keys=True))
    else:
        print(json.dumps(formulary(kept, *rest), sort_keys=True))


main(sys.argv[1:])
